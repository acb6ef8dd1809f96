"""Where editors meet search in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import admin_views


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the report."""
    return [path("reports/search/", admin_views.parked_report, name="search_parked")]


class ParkedMenuItem(MenuItem):
    """The entry among the reports, for those who may do something about it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever may try documents again."""
        return bool(request.user.has_perm(admin_views.PERMISSION))


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """Offer the report."""
    return ParkedMenuItem(
        _("Search index"), reverse("search_parked"), name="search-parked", icon_name="search"
    )
