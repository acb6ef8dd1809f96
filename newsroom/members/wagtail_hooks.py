"""The admin of a member's house: its own things and what is public."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem

from newsroom.members import batches
from newsroom.members.houses import is_confined, within_reach


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public_pages(pages: Any, request: HttpRequest) -> Any:
    """Offer no draft of another house."""
    if not is_confined(request.user):
        return pages
    return within_reach(request.user, pages, now=timezone.now())


@hooks.register("construct_main_menu")
def drop_what_is_shut(request: HttpRequest, items: list[Any]) -> None:
    """Offer no reports where they are shut."""
    if is_confined(request.user):
        items[:] = [item for item in items if item.name not in ("reports", "settings")]


@hooks.register("construct_search")
def drop_search_over_all_pages(request: HttpRequest, areas: list[Any]) -> None:
    """Offer no search over the pages of all houses; the explorer searches one's own."""
    if is_confined(request.user):
        shut = reverse("wagtailadmin_pages:search")
        areas[:] = [area for area in areas if area.url != shut]


@hooks.register("construct_homepage_summary_items", order=1000)
def drop_count_of_all_pages(request: HttpRequest, items: list[Any]) -> None:
    """Count no drafts of other houses: the platform counts from where the rights meet."""
    if is_confined(request.user):
        items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the batches of imported drafts."""
    return [
        path("batches/", batches.batches, name="member_batches"),
        path("batches/<int:batch_id>/", batches.batch, name="member_batch"),
        path("batches/<int:batch_id>/approve/", batches.approve, name="member_batch_approve"),
    ]


class BatchMenuItem(MenuItem):
    """The entry for those who decide about texts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may retract pages, as editors do."""
        return request.user.has_perm("approval.retract")


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Offer the batches in the menu."""
    return BatchMenuItem(_("Imports"), reverse("member_batches"), icon_name="upload", order=320)
