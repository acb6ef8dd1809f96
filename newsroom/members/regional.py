"""What region pages list of pages that are tagged with regions; members themselves."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page

from cms.pages.sections import register_section
from newsroom.approval.selectors import public
from newsroom.members.models import MemberPage
from newsroom.members.presentation import card, language_of
from newsroom.members.selectors import public_members
from newsroom.regions.place import Place

MEMBERS = 9


class Tagged(NamedTuple):
    """Pages of a place; of what it lies in alone; both together."""

    inside: QuerySet
    above: QuerySet
    all: QuerySet


def in_region(model: type[Page], place: Place) -> Tagged:
    """Return the public pages that are tagged with the place or with what it lies in.

    Each item once: in the reader's language, else in the source language.
    """
    links: type[Model] = model._meta.get_field("region_links").related_model
    pages = public(model.objects.filter(locale__language_code=place.language), now=place.now)
    if place.language != settings.LANGUAGE_CODE:
        best = Q(locale__language_code=place.language) | Q(
            ~Q(translation_key__in=pages.values("translation_key")),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        pages = public(model.objects.filter(best), now=place.now)
    tagged = links._default_manager.values("page_id")
    inside = Q(pk__in=tagged.filter(region__in=place.inside.values("pk")))
    above = Q(pk__in=tagged.filter(region__in=[region.pk for region in place.above]))
    return Tagged(
        inside=pages.filter(inside),
        above=pages.filter(above).exclude(inside),
        all=pages.filter(inside | above),
    )


def first(
    tagged: Tagged, ordered: Callable[[QuerySet], QuerySet], *, place: Place, limit: int
) -> list[tuple[Any, str]]:
    """Return the first pages of the place, filled up with those of what it lies in.

    Each with the sentence that says for which larger region it is there, empty for the place's own.
    """
    found = [(page, "") for page in ordered(tagged.inside)[:limit]]
    if len(found) < limit:
        above = ordered(tagged.above)[: limit - len(found)]
        found += [(page, place.applies_to(page.regions())) for page in above]
    return found


def marked(
    cards: Sequence[dict[str, Any]], found: Sequence[tuple[Any, str]], place: Place
) -> list[dict[str, Any]]:
    """Return cards that say for which larger region they are there, and if in another language.

    `found` are their pages as `first` returns them.
    """
    return [
        {**card, "language": _other_language(page, place), "applies_to": applies_to}
        for card, (page, applies_to) in zip(cards, found, strict=True)
    ]


def _other_language(page: Any, place: Place) -> str | None:
    own = language_of(page)
    return None if own == place.language else own


def on_region(place: Place) -> dict[str, Any]:
    """Return the members of a region for its page."""
    ordered = partial(public_members, now=place.now)
    found = first(in_region(MemberPage, place), ordered, place=place, limit=MEMBERS)
    cards = [card(page, place.language) for page, _note in found]
    return {"region_members": marked(cards, found, place)}


def register() -> None:
    """List members on region pages. Called once, when Django starts."""
    register_section("region", on_region)
