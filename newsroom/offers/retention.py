"""How long hints are kept, and what of them is personal: less long."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from newsroom.offers.models import Hint

COUNTED_FOR = timedelta(days=1)  # readers are told apart within an hour
FORGOTTEN_A_ROUND = 500


def forget_hints(*, now: datetime) -> int:
    """Delete old hints and empty what is personal in the others; return how many were touched.

    A hint is deleted HINTS_KEPT_DAYS after somebody has dealt with it; one that nobody dealt with,
    after twice that time. The reader's address is emptied together with the mails about it,
    MAIL_KEPT_DAYS after the hint was dealt with; what counts readers, after a day.
    """
    kept = timedelta(days=settings.HINTS_KEPT_DAYS)
    answered = timedelta(days=settings.MAIL_KEPT_DAYS)
    over = Q(done_at__lte=now - kept) | Q(done_at=None, created_at__lte=now - 2 * kept)
    counted = ~Q(sender="") & Q(created_at__lte=now - COUNTED_FOR)
    personal = ~Q(reply_to="") & Q(done_at__lte=now - answered)
    touched = 0
    if found := _some(Hint.objects.filter(over)):
        touched += Hint.objects.filter(over, pk__in=found).delete()[0]
    if found := _some(Hint.objects.filter(counted)):
        touched += Hint.objects.filter(pk__in=found).update(sender="")
    if found := _some(Hint.objects.filter(personal)):
        touched += Hint.objects.filter(personal, pk__in=found).update(reply_to="")
    return touched


def _some(hints: QuerySet[Hint]) -> list[int]:
    # Asked before anything is written: most rounds find nothing, and take no lock for it.
    return list(hints.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_A_ROUND])
