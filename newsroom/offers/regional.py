"""Offers on region pages and on the map."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, Substr

from cms.pages.sections import register_section
from newsroom.approval.selectors import public
from newsroom.members.regional import first, in_region, marked
from newsroom.offers.models import OfferPage, OfferRegion
from newsroom.offers.presentation import cards
from newsroom.offers.selectors import current
from newsroom.regions.place import Place
from newsroom.regions.selectors import DISTRICT_DIGITS

OFFERS = 9


def on_region(place: Place) -> dict[str, Any]:
    """Return the newest offers of a region for its page."""
    ordered = partial(_newest, now=place.now)
    found = first(in_region(OfferPage, place), ordered, place=place, limit=OFFERS)
    shown = cards([page for page, _note in found], place.language)
    return {"region_offers": marked(shown, found, place)}


def _newest(pages: QuerySet, *, now: datetime) -> QuerySet:
    shown = (
        current(pages, now=now).select_related("locale").prefetch_related("region_links__region")
    )
    return shown.order_by("-first_published_at", "-pk")


def counts(now: datetime) -> dict[str, int]:
    """Return the number of public offers in each district, each offer once in all languages."""
    shown = current(public(OfferPage.objects.all(), now=now), now=now)
    links = OfferRegion.objects.filter(page__in=shown)
    by_district = (
        links.annotate(today=Coalesce("region__successors", "region_id"))
        .annotate(district=Substr("today", 1, DISTRICT_DIGITS))
        .order_by()
        .values("district")
        .annotate(offers=Count("page__translation_key", distinct=True))
    )
    return {
        row["district"]: row["offers"]
        for row in by_district
        if len(row["district"]) == DISTRICT_DIGITS
    }


def register() -> None:
    """Show offers on region pages and count them for the map. Called once, when Django starts."""
    register_section("region", on_region)
    register_section("region_counts", counts)
