"""Offers on the pages of other rooms."""

from typing import Any

from django.utils import timezone

from cms.pages.sections import register_section
from newsroom.members.presentation import language_of
from newsroom.offers.presentation import cards
from newsroom.offers.selectors import public_offers

ON_HOME = 6


def on_home(page: Any) -> dict[str, Any]:
    """Return the newest offers for the home page."""
    language = language_of(page)
    offers = public_offers(language=language, now=timezone.now())[:ON_HOME]
    return {"latest_offers": cards(offers, language)}


def on_member(page: Any) -> dict[str, Any]:
    """Return the offers of a member for its profile."""
    language = language_of(page)
    offers = public_offers(language=language, now=timezone.now()).filter(
        path__startswith=page.path, depth=page.depth + 1
    )
    return {"offers": cards(offers.order_by("title"), language)}


def register() -> None:
    """Show offers on other pages. Called once, when Django starts."""
    register_section("home", on_home)
    register_section("member", on_member)
