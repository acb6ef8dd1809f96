"""Reads of offers."""

from datetime import datetime

from django.db.models import QuerySet

from newsroom.approval.selectors import public
from newsroom.offers.models import OfferPage


def public_offers(*, language: str, now: datetime) -> QuerySet[OfferPage]:
    """Return the public offers of one language, the newest first, with what a card shows."""
    return (
        public(OfferPage.objects.filter(locale__language_code=language), now=now)
        .select_related("locale")
        .prefetch_related("region_links__region")
        .order_by("-first_published_at", "-pk")
    )
