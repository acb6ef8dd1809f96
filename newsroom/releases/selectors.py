"""Reads of releases."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from newsroom.approval.selectors import public


def newest(pages: QuerySet, *, now: datetime) -> QuerySet:
    """Return the public ones of `pages`, the newest first, with everything a card shows."""
    return (
        public(pages, now=now)
        .select_related("locale", "issuing_member")
        .prefetch_related("region_links__region", "pictures__image")
        .order_by("-dateline_date", "-first_published_at", "-pk")
    )


def from_same_region(page: Any, *, now: datetime) -> QuerySet:
    """Return the public releases of the page's language about its regions or parts of them."""
    regions = page.regions()
    same = Q(region_links__region__in=regions) | Q(region_links__region__parent__in=regions)
    others = type(page).objects.filter(same, locale=page.locale).exclude(pk=page.pk)
    return newest(others.distinct(), now=now)
