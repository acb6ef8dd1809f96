"""What the worker does for approval: check and publish what is due, take down what is over."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from wagtail.models import Page

from cms.pages.gate import NotApprovedError
from newsroom.approval import services
from newsroom.approval.documents import rehearse
from newsroom.approval.models import Receipt
from newsroom.approval.selectors import due_soon, is_anything_due, to_check, waiting
from newsroom.approval.services import FailedError
from newsroom.approval.services.retraction import OPEN

logger = logging.getLogger(__name__)

BATCH = 100
TOGETHER = 20  # versions published in one transaction
STEP = 5  # versions prepared in one go: others may be due at this moment
MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=2)
AHEAD = timedelta(minutes=1)
MOMENT = timedelta(seconds=5)


def publish_due(*, now: datetime) -> int:
    """Publish approved versions whose hour has come; return how many became public.

    Some at a time, so that the first are public and found while others follow. A failing one is
    tried again after growing pauses, parked after the last, and holds up nobody.
    """
    if not is_anything_due(now=now):  # five times a second: what is public costs more to ask
        return 0
    ready = []
    for receipt in waiting(now=now)[:TOGETHER]:
        try:
            if receipt.checked_at is None:  # the minute before was missed
                services.check(receipt=receipt, now=now)
            ready.append(receipt)
        except Exception as error:
            _note(receipt, error, now=now)
    try:
        published, failed = services.publish_together(receipts=ready, now=now)
    except Exception:
        # Something that only the end of the transaction finds: whose it is, each one tells alone.
        logger.exception("publication of several failed")
        published, failed = _one_by_one(ready, now=now)
    for each in failed:
        _note(each.receipt, each.error, now=now)
    return published


def await_hour(*, now: datetime) -> int:
    """Return 1 in the seconds before any hour, else 0: what can wait should not begin then."""
    return int(due_soon(now=now, ahead=MOMENT).exists())


def _one_by_one(receipts: list[Receipt], *, now: datetime) -> tuple[int, list[FailedError]]:
    published, failed = 0, []
    for receipt in receipts:
        try:
            published += services.publish(receipt=receipt, now=now)
        except Exception as error:
            failed.append(FailedError(receipt, error))
    return published, failed


def prepare_due(*, now: datetime) -> int:
    """Compare what is due within a minute with its approval and lay it ready; return how many.

    So that at the hour one short transaction an item is enough. What is not as approved is parked
    before its hour, while somebody can still mend it.
    """
    prepared = 0
    for receipt in to_check(now=now, ahead=AHEAD)[:STEP]:
        try:
            services.check(receipt=receipt, now=now)
            services.lay_ready(receipt=receipt, now=now)
            rehearse(receipt.revision.as_object(), at=receipt.due_at)
            prepared += 1
        except NotApprovedError as error:
            services.park(receipt=receipt, error=error, now=now)
        except Exception as error:
            _note(receipt, error, now=now)
    return prepared


def lapse_due(*, now: datetime) -> int:
    """Take down emergency releases that nobody countersigned in time; return how many."""
    over = Receipt.objects.filter(countersign_until__lte=now, state__in=OPEN)
    lapsed = 0
    for receipt in over.exclude(next_attempt_at__gt=now).order_by("countersign_until")[:BATCH]:
        try:
            lapsed += services.lapse(receipt=receipt, now=now)
        except Exception as error:
            logger.exception("lapse failed", extra={"page": receipt.page_id})
            _keep_back(receipt, error, now=now)
    return lapsed


def _note(receipt: Receipt, error: Exception, *, now: datetime) -> None:
    """Plan another attempt, or park after the last. A database that is away is never the last."""
    logger.error("publication failed", extra={"page": receipt.page_id}, exc_info=error)
    if receipt.attempts + 1 >= MAX_ATTEMPTS and not isinstance(error, DatabaseError):
        services.park(receipt=receipt, error=error, now=now)
    else:
        services.note_failure(receipt=receipt, error=error, retry_at=now + _pause(receipt))


def _keep_back(receipt: Receipt, error: Exception, *, now: datetime) -> None:
    """Plan another attempt to take a page down: readers do not see it anyway."""
    services.note_failure(
        receipt=receipt, error=error, retry_at=now + _pause(receipt), state=receipt.state
    )


def _pause(receipt: Receipt) -> timedelta:
    """Return how long what failed is kept back, so that it stands in nobody's way."""
    return FIRST_PAUSE * 2 ** min(receipt.attempts, MAX_ATTEMPTS)


def expire_due(*, now: datetime) -> int:
    """Take down pages whose time is over; return how many. Readers see none of them anyway."""
    receipts = Receipt.objects.filter(state=Receipt.State.LIVE)
    failed = receipts.filter(page=OuterRef("pk"), next_attempt_at__gt=now)
    over = Page.objects.filter(~Exists(failed), live=True, expire_at__lte=now)
    expired = 0
    for page in over.order_by("expire_at", "pk")[:BATCH]:
        try:
            expired += services.expire(page=page, now=now)
        except Exception as error:
            logger.exception("expiry failed", extra={"page": page.pk})
            for receipt in receipts.filter(page=page):
                _keep_back(receipt, error, now=now)
    return expired
