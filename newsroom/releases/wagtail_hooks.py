"""The admin's addresses and buttons of releases."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from newsroom.releases import views
from newsroom.releases.models import PressReleasePage
from newsroom.releases.selectors import beginnings_for, places_for, usable_version


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the views of this room."""
    return [
        path("releases/new/", views.begin, name="release_new"),
        path("releases/<int:page_id>/preflight/", views.preflight, name="release_preflight"),
        path("releases/<int:page_id>/use/", views.use_as_template, name="release_use"),
    ]


class _NewReleaseItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the account may write releases anywhere."""
        return beginnings_for(request.user).exists()


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put the empty form one step away."""
    return _NewReleaseItem(
        gettext_lazy("New press release"), reverse_lazy("release_new"), icon_name="edit", order=90
    )


@hooks.register("register_page_header_buttons")
def template_button(
    page: Any, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """Offer to begin a new release with the words of this one."""
    yield from _template_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def template_listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer the same in lists."""
    yield from _template_button(page, user)


def _template_button(page: Any, user: Any) -> Iterator[Button]:
    page = page.specific
    if not isinstance(page, PressReleasePage) or not page.pk:
        return
    if usable_version(page, user=user, now=timezone.now()) is None:
        return
    if places_for(user, locale=page.locale).exists():
        yield Button(
            _("Use as a template"),
            reverse("release_use", args=[page.pk]),
            icon_name="copy",
            priority=45,
        )
