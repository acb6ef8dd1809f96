"""Bring documents of search in line with regions that have changed."""

from datetime import datetime

from django.db import transaction

from newsroom.regions.models import Change
from search.documents import refresh, tagged_items

BATCH = 50  # items a transaction: publications do not wait for a renamed state


def is_waiting() -> bool:
    """Return whether a region has changed that documents do not show yet."""
    return Change.objects.exists()


def refresh_changed(*, now: datetime, limit: int = BATCH) -> int:
    """Refresh the next items filed under a changed region; return how much was done.

    At most `limit` items in one transaction, which also notes how far it came: a killed worker
    begins the batch again, two workers do the same batch twice, and neither does harm.
    """
    change = Change.objects.order_by("changed_at", "pk").first()
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
        for kind, item in items:
            refresh(kind=kind, item=item, now=now)
        if len(items) < limit:
            same.delete()
        else:
            same.update(done_until="/".join(items[-1]))
    return len(items) or 1
