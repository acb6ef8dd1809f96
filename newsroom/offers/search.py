"""How offers are found."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from newsroom.approval.documents import public_versions
from newsroom.members.documents import document, items
from newsroom.offers.models import OfferPage, OfferPlace
from newsroom.offers.selectors import freshness_of
from newsroom.regions.geometry import Point
from newsroom.regions.selectors import centre
from newsroom.vocabularies.models import Term
from newsroom.vocabularies.selectors import all_labels
from search.documents import Document
from search.registry import Kind, register_kind

KIND = "offer"
_POSTAL_CODE = re.compile(r"\b[0-9]{5}\b")


def build(page: Any) -> Document:
    """Return the search document of a public offer.

    It ends when the offer does, or some time after nobody stands by it any more.
    """
    provider = page.get_parent().specific
    fields, groups = list(page.fields_of_action.all()), list(page.target_groups.all())
    types, access = list(page.offer_types.all()), list(page.accessibility.all())
    spoken = Term.objects.filter(
        vocabulary=Term.Vocabulary.LANGUAGE_SPOKEN,
        # German is spoken nearly everywhere: a search for "Deutsch" means courses.
        slug__in=set(page.language_codes()) - {"de"},
    )
    places = list(page.places.all())
    fresh = freshness_of(page)
    words = [provider.title, page.address, page.times, page.registration, page.access]
    words += [place.one_line() for place in places]
    return document(
        page,
        kind=KIND,
        summary=page.summary,
        body="\n".join([get_text_for_indexing(page.description), *filter(None, words)]),
        regions=page.regions(),
        facets={
            "field_of_action": tuple(term.slug for term in fields),
            "target_group": tuple(term.slug for term in groups),
            "offer_type": tuple(term.slug for term in types),
            "language_spoken": tuple(page.language_codes()),
            "access": tuple(term.slug for term in access),
            "member": (str(provider.translation_key),),
        },
        labels=all_labels([*fields, *groups, *types, *access, *spoken]),
        points=_points(page, places, provider),
        until=fresh.found_until if fresh else None,
        attested_until=fresh.attested_until if fresh else None,
    )


def _points(page: OfferPage, places: Sequence[OfferPlace], provider: Any) -> list[Point]:
    """Return where an offer is; online it is nowhere.

    An address without coordinates is taken to be where its postal code is; an offer without any
    address to be where its provider is.
    """
    if page.mode == OfferPage.Mode.ONLINE:
        return []
    found = [place.point() or centre(place.postal_code) for place in places]
    found = found or [centre(code) for code in _POSTAL_CODE.findall(page.address)]
    if not found and provider.latitude is not None:
        found = [(provider.latitude, provider.longitude)]
    return [point for point in found if point]


def documents(item: str) -> Sequence[Document]:
    """Return the documents of all public language versions of an offer."""
    return [build(page) for page in public_versions(OfferPage, item)]


def register() -> None:
    """Let search find offers. Called once, when Django starts."""
    register_kind(
        Kind(
            name=KIND,
            label=_("Offers"),
            singular=_("Offer"),
            default_scope="serving",
            documents=documents,
            items=partial(items, OfferPage),
        )
    )
