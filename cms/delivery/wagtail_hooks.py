"""The look of our admin pages."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_style() -> str:
    """Add our style sheet to every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))
