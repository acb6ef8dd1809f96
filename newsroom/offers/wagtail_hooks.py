"""Offers in the admin besides their pages: hints."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from newsroom.offers import coverage_view, hints


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the list of hints."""
    return [
        path("coverage/", coverage_view.show, name="offer_coverage"),
        path("offer-hints/", hints.hints, name="offer_hints"),
        path("offer-hints/<int:hint_id>/done/", hints.finish, name="offer_hint_done"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Offer the list in the menu."""
    return MenuItem(_("Hints"), reverse("offer_hints"), icon_name="warning", order=310)


class CoverageMenuItem(MenuItem):
    """The entry for the alliance's office."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user is an editor."""
        return request.user.has_perm("approval.retract")


@hooks.register("register_admin_menu_item")
def register_coverage_item() -> MenuItem:
    """Offer the coverage map in the menu."""
    return CoverageMenuItem(_("Coverage"), reverse("offer_coverage"), icon_name="site", order=330)
