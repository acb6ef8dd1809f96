"""The admin of a member's house: its own things and what is public."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

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
