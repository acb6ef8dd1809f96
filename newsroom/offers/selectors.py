"""Reads of offers. They take pages or keys: models import this module's callers."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from newsroom.approval.selectors import public
from newsroom.offers.freshness import Freshness, is_over


def public_offers(*, language: str, now: datetime) -> QuerySet[Any]:
    """Return the offers of one language that lists show, the newest first, with a card's facts.

    Public ones that somebody still stands by; the page of an offer that has ended stays public and
    says so.
    """
    offers = apps.get_model("offers", "OfferPage").objects.filter(locale__language_code=language)
    return (
        current(public(offers, now=now), now=now)
        .select_related("locale")
        .prefetch_related("region_links__region", "places")
        .order_by("-first_published_at", "-pk")
    )


def current(offers: QuerySet[Any], *, now: datetime) -> QuerySet[Any]:
    """Return those of `offers` that have not ended and were attested not too long ago."""
    over = _attestations().filter(is_over(now), offer_key=OuterRef("translation_key"))
    return offers.exclude(Exists(over))


def freshness_of(page: Any) -> Freshness | None:
    """Return how fresh an offer is, in all its languages; None before its first publication."""
    rows = _attestations().filter(offer_key=page.translation_key)
    stored = rows.values("attested_at", "ended_at").first()
    return Freshness(**stored) if stored else None


def _attestations() -> QuerySet[Any]:
    return apps.get_model("offers", "Attestation").objects.all()


def provider_email(page: Any) -> str:
    """Return where the provider of an offer is reached: the offer's own address or the member's."""
    return str(page.email or page.get_parent().specific.email)
