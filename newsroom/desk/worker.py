"""What the worker does for the desk: reminding."""

import logging
from datetime import datetime

from wagtail.models import TaskState

from newsroom.desk import services
from newsroom.desk.models import Review

logger = logging.getLogger(__name__)

BATCH = 50


def remind_due(*, now: datetime) -> int:
    """Remind of reviews whose time has passed; return of how many. Each in its own transaction."""
    late = Review.objects.filter(
        reminded_at=None, due_at__lte=now, task_state__status=TaskState.STATUS_IN_PROGRESS
    )
    reminded = 0
    for review in late.order_by("due_at")[:BATCH]:
        try:
            reminded += services.remind(review=review, now=now)
        except Exception:
            logger.exception("reminder failed", extra={"review": review.pk})
    return reminded
