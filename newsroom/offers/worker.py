"""What the worker does for offers: ask providers in time whether they are still right."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from newsroom.approval.selectors import public
from newsroom.offers.freshness import ATTESTED_FOR, REMINDED_BEFORE, Freshness
from newsroom.offers.letters import ask_provider
from newsroom.offers.models import Attestation, OfferPage
from newsroom.offers.services import ask

logger = logging.getLogger(__name__)

BATCH = 50
PAUSE = timedelta(hours=1)  # before what failed is tried again


def ask_due(*, now: datetime) -> int:
    """Ask the providers of offers whose attestation ends soon; return how many were done with.

    One mail an attestation. An offer that is not public is asked about when it is again: its
    publication is an attestation of its own. What fails is tried again an hour later.
    """
    due = Attestation.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=F("attested_at")),
        Q(next_attempt_at=None) | Q(next_attempt_at__lte=now),
        ended_at=None,
        attested_at__lte=now - ATTESTED_FOR + REMINDED_BEFORE,
    ).order_by("attested_at")
    asked = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            _remind(pk, now)
            asked += 1
        except Exception:
            logger.exception("provider not asked", extra={"attestation": pk})
            Attestation.objects.filter(pk=pk).update(next_attempt_at=now + PAUSE)
    return asked


@transaction.atomic
def _remind(pk: int, now: datetime) -> None:
    row = Attestation.objects.select_for_update().get(pk=pk)
    if row.reminded_at is not None and row.reminded_at >= row.attested_at:
        return  # another worker was faster
    nonce = ask(attestation=row, now=now)
    offers = OfferPage.objects.filter(translation_key=row.offer_key).order_by("pk")[:1]
    page = public(OfferPage.objects.filter(pk__in=offers.values("pk")), now=now).first()
    until = Freshness(row.attested_at).attested_until
    if page is not None and not ask_provider(page=page, nonce=nonce, until=until, now=now):
        logger.warning("provider without an address", extra={"page": page.pk})
