"""Bring documents of search in line with regions that have changed."""

import logging
from datetime import datetime

from django.db import transaction

from newsroom.regions.models import Change
from search.documents import refresh
from search.regions import tagged_items

logger = logging.getLogger(__name__)

BATCH = 50  # items a transaction


def refresh_changed(*, now: datetime) -> int:
    """Refresh what is filed under changed regions, until nothing is left; return how many items.

    Each batch has a transaction of its own. The changes are forgotten only after their last item:
    whoever is killed in between starts them again, which changes nothing twice.
    """
    changes = list(Change.objects.order_by("changed_at", "pk"))
    if not changes:
        return 0
    items = tagged_items([change.region_id for change in changes])
    for start in range(0, len(items), BATCH):
        _refresh(items[start : start + BATCH], now=now)
    for change in changes:
        # One that was made anew meanwhile has another time, and stays.
        Change.objects.filter(pk=change.pk, changed_at=change.changed_at).delete()
    return len(items)


def _refresh(items: list[tuple[str, str]], *, now: datetime) -> None:
    with transaction.atomic():
        for kind, item in items:
            refresh(kind=kind, item=item, now=now)
