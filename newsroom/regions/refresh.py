"""Bring documents of search in line with regions that have changed."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from newsroom.regions.models import Change
from search.documents import refresh, tagged_items

logger = logging.getLogger(__name__)

BATCH = 50  # items a transaction: publications do not wait for a renamed state
PAUSE = timedelta(hours=1)  # before a region is gone through again because something failed


def due(*, now: datetime) -> QuerySet[Change]:
    """Return what has changed and documents do not show yet, the oldest first.

    Without what failed a moment ago.
    """
    is_due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    return Change.objects.filter(is_due).order_by("changed_at", "pk")


def refresh_changed(*, now: datetime, limit: int = BATCH) -> int:
    """Refresh the next items filed under a changed region; return how much was done.

    At most `limit` items in one transaction, which also notes how far it came: a killed worker
    begins the batch again, two workers do the same batch twice, and neither does harm. An item
    that fails is left out; its region is gone through once more after PAUSE.
    """
    change = due(now=now).first()
    if change is None:
        return 0
    items = [
        (kind, item)
        for kind, item in tagged_items([change.region_id])
        if f"{kind}/{item}" > change.done_until
    ][:limit]
    # One that was made anew meanwhile has another time, and begins again.
    same = Change.objects.filter(pk=change.pk, changed_at=change.changed_at)
    with transaction.atomic():
        failed = sum(not _refreshed(kind, item, now=now) for kind, item in items)
        if len(items) == limit:
            same.update(done_until="/".join(items[-1]), failed=F("failed") + failed)
        elif change.failed + failed:
            same.update(done_until="", failed=0, next_attempt_at=now + PAUSE)
        else:
            same.delete()
            return len(items) or 1
    return len(items) - failed


def _refreshed(kind: str, item: str, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            refresh(kind=kind, item=item, now=now)
    except Exception:
        logger.exception("document not refreshed", extra={"kind": kind, "item": item})
        return False
    return True
