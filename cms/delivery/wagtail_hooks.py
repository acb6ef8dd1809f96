"""What delivery needs to know of the page that is served, and the look of our admin pages."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("before_serve_page", order=-900)
def remember_page(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Keep the page with the request, so that the language switch can name its translations."""
    request.served_page = page  # type: ignore[attr-defined]


@hooks.register("insert_global_admin_css")
def admin_style() -> str:
    """Add our style sheet to every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))
