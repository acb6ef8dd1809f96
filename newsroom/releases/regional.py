"""News on region pages and in their feeds."""

from functools import partial
from typing import Any
from uuid import uuid5

from cms.pages.sections import register_section
from newsroom.members.presentation import language_of
from newsroom.members.regional import first, in_region, marked
from newsroom.regions.place import Entry, Place
from newsroom.regions.selectors import display_name
from newsroom.releases.models import PressReleasePage
from newsroom.releases.presentation import cards, issuers
from newsroom.releases.selectors import newest

NEWS = 6
IN_FEED = 30


def on_region(place: Place) -> dict[str, Any]:
    """Return the newest releases of a region for its page."""
    ordered = partial(newest, now=place.now)
    found = first(in_region(PressReleasePage, place), ordered, place=place, limit=NEWS)
    shown = cards([page for page, _note in found], place.language)
    return {"region_releases": marked(shown, found, place)}


def in_feed(place: Place) -> dict[str, Any]:
    """Return the newest releases of a region and of what it lies in, for its feed."""
    tagged = in_region(PressReleasePage, place)
    pages = list(newest(tagged.all, now=place.now)[:IN_FEED])
    names = issuers(pages, place.language)
    return {"entries": [entry(page, names, place.language) for page in pages]}


def entry(page: Any, names: dict[str, str], language: str) -> Entry:
    """Return what a feed shows of a release; `names` are those of public members by item."""
    member = page.issuing_member
    return Entry(
        key=f"urn:uuid:{uuid5(page.translation_key, language_of(page))}",
        title=page.title,
        url=page.url,
        summary=page.lead,
        author=names.get(str(member.translation_key), "") if member else "",
        regions=tuple(display_name(region, language) for region in page.regions()),
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
    )


def register() -> None:
    """Show releases on region pages and in their feeds. Called once, when Django starts."""
    register_section("region", on_region)
    register_section("region_feed", in_feed)
