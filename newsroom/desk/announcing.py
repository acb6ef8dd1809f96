"""Telling authors that their text is public: noted in the moment, written a little later."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from newsroom.approval.models import Receipt
from newsroom.desk import letters, people
from newsroom.desk.models import Announcement
from newsroom.desk.post import edit_link, name_of_approval, post, title_of_version

logger = logging.getLogger(__name__)

BATCH = 50
FIRST_PAUSE = timedelta(seconds=30)
MAX_DOUBLINGS = 8  # then every two hours


def note(*, receipts: Iterable[Receipt], now: datetime) -> None:
    """Note, in the caller's transaction, that the authors of public versions have to be told."""
    Announcement.objects.bulk_create(
        Announcement(receipt=receipt, published_at=now, next_attempt_at=now)
        for receipt in receipts
        if receipt.submitted_by_id is not None  # not what the setup writes
    )


def announce_due(*, now: datetime) -> int:
    """Write the letters about what became public; return of how many texts.

    A duty of the worker. Each in its own transaction; a failing one is tried again after growing
    pauses and holds up no other.
    """
    due = Announcement.objects.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk")
    told = 0
    for announcement in due[:BATCH]:
        try:
            told += announce(announcement=announcement, now=now)
        except Exception:
            logger.exception("announcement failed", extra={"receipt": announcement.receipt_id})
            pause = FIRST_PAUSE * 2 ** min(announcement.attempts, MAX_DOUBLINGS)
            Announcement.objects.filter(pk=announcement.pk).update(
                attempts=F("attempts") + 1, next_attempt_at=now + pause
            )
    return told


@transaction.atomic
def announce(*, announcement: Announcement, now: datetime) -> bool:
    """Write to the authors of a public text; return False when somebody else was faster.

    Whoever is told of it could read it: what was taken back meanwhile is not announced.
    """
    if not Announcement.objects.filter(pk=announcement.pk).delete()[0]:
        return False
    receipt = Receipt.objects.select_related("page", "revision", "submitted_by").get(
        pk=announcement.receipt_id
    )
    if receipt.state not in (Receipt.State.LIVE, Receipt.State.SUPERSEDED):
        return False
    page = receipt.page.specific
    post(
        letter=letters.live(
            title=title_of_version(receipt.revision), link=page.full_url or edit_link(page)
        ),
        to=people.authors_of(receipt, now=now),
        occasion=f"live-{name_of_approval(receipt)}",
        kind="approved",
        now=now,
    )
    return True
