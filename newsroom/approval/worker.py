"""What the worker does for approval: publish what is due, take down what is over."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from wagtail.models import Page

from newsroom.approval import services
from newsroom.approval.selectors import waiting

logger = logging.getLogger(__name__)

BATCH = 100
MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=2)


def publish_due(*, now: datetime) -> int:
    """Publish the approved versions whose hour has come; return how many became public.

    Each has a transaction of its own: a failing one is tried again after growing pauses, parked
    after the last, and holds up nobody.
    """
    published = 0
    for receipt in waiting(now=now)[:BATCH]:
        try:
            published += services.publish(receipt=receipt, now=now)
        except Exception as error:
            logger.exception("publication failed", extra={"page": receipt.page_id})
            if receipt.attempts + 1 >= MAX_ATTEMPTS and not isinstance(error, DatabaseError):
                services.park(receipt=receipt, error=error, now=now)
            else:
                pause = FIRST_PAUSE * 2 ** min(receipt.attempts, MAX_ATTEMPTS)
                services.note_failure(receipt=receipt, error=error, retry_at=now + pause)
    return published


def expire_due(*, now: datetime) -> int:
    """Take down pages whose time is over; return how many. Readers see none of them anyway."""
    over = list(Page.objects.filter(live=True, expire_at__lte=now)[:BATCH])
    for page in over:
        try:
            services.expire(page=page, now=now)
        except Exception:
            logger.exception("expiry failed", extra={"page": page.pk})
    return len(over)
