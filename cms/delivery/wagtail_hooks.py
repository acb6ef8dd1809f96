"""What delivery needs to know of the page that is served."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks


@hooks.register("before_serve_page", order=-900)
def remember_page(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Keep the page with the request, so that the language switch can name its translations."""
    request.served_page = page  # type: ignore[attr-defined]
