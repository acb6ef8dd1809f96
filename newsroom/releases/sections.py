"""Releases on the pages of other rooms."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.pages.sections import register_section
from newsroom.approval.selectors import public
from newsroom.members.presentation import language_of
from newsroom.releases.models import NewsroomIndexPage, PressReleasePage
from newsroom.releases.presentation import cards
from newsroom.releases.selectors import newest

ON_HOME = 4
ON_MEMBER = 6


def on_home(page: Any) -> dict[str, Any]:
    """Return the newest releases for the home page."""
    releases = newest(PressReleasePage.objects.filter(locale=page.locale), now=timezone.now())
    language = language_of(page)
    newsroom = public(NewsroomIndexPage.objects.child_of(page), now=timezone.now()).first()
    return {
        "latest_releases": cards(releases[:ON_HOME], language),
        "newsroom_url": newsroom and newsroom.url,
    }


def on_member(page: Any) -> dict[str, Any]:
    """Return the newest releases a member has issued, for its profile."""
    key = page.translation_key
    issued = PressReleasePage.objects.filter(
        Q(issuing_member__translation_key=key) | Q(co_issuers__member__translation_key=key),
        locale=page.locale,
    ).distinct()
    language = language_of(page)
    releases = newest(issued, now=timezone.now())[:ON_MEMBER]
    return {"releases": cards(releases, language)}


def register() -> None:
    """Show releases on other pages. Called once, when Django starts."""
    register_section("home", on_home)
    register_section("member", on_member)
