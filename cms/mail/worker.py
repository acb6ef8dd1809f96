"""Sending what waits: at least once, each time with the same Message-ID.

Any number of workers may do so at once, each may be killed at any moment.
"""

import logging
import smtplib
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from cms.mail import services, transport
from cms.mail.content import masked
from cms.mail.models import Mail

logger = logging.getLogger(__name__)

BATCH = 10  # mails a round
BUDGET = 20.0  # seconds a round; the mail at hand is finished
LEASE = timedelta(minutes=5)  # beyond the budget and every timeout of one more mail
# Pauses of 1, 2, 4, ... minutes, four hours at most: an outage of a day and a half is survived.
MAX_ATTEMPTS = 16
MAX_REFUSALS = 4  # of a mail that the server refuses for good; its settings may be mended meanwhile
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
OUTAGE_PAUSE = timedelta(minutes=1)
PERMANENT = 500  # SMTP answers from here on say: never again (RFC 5321, 4.2.1)
FREE = {"lease_token": "", "leased_until": None}
# What the server or Python has against this one mail; all else is an outage.
REFUSALS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    ValueError,
)


def send_due(*, now: datetime) -> int:
    """Send up to BATCH waiting mails; return how many were sent.

    Must not run inside a transaction (RuntimeError): it talks to the network. A mail that fails
    is tried again after growing pauses, and parked after the last.
    """
    token = uuid.uuid4().hex
    mails = _lease(token, now=now)
    if not mails:
        return 0
    end = time.monotonic() + BUDGET
    sent = 0
    try:
        with transport.connection() as connection:
            while mails and time.monotonic() < end:
                sent += _is_sent(mails[0], connection, now=now)
                mails.pop(0)
    except Exception as error:
        if mails:  # else the server failed at the goodbye: all was said
            _suffer_outage(mails[0], error, now=now)
    _held(token).update(**FREE)
    return sent


def forget_due(*, now: datetime) -> int:
    """Empty mails that were sent long ago; return how many."""
    return services.forget(now=now)


def _lease(token: str, *, now: datetime) -> list[Mail]:
    """Take waiting mails for this worker; two workers never get the same one."""
    waiting = Mail.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=now),
        state=Mail.State.WAITING,
        next_attempt_at__lte=now,
    )
    ids = list(waiting.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    # Durable: refuses to run inside a transaction, which the network must not prolong. The
    # conditions are asked again, so of two workers one gets a mail.
    with transaction.atomic(durable=True):
        waiting.filter(pk__in=ids).update(lease_token=token, leased_until=now + LEASE)
    return list(Mail.objects.filter(pk__in=ids, lease_token=token).order_by("pk"))


def _held(token: str) -> QuerySet[Mail]:
    return Mail.objects.filter(lease_token=token, state=Mail.State.WAITING)


def _is_sent(mail: Mail, connection: Any, *, now: datetime) -> bool:
    """Send one mail and note it. Raises what the connection raises when it is of no more use."""
    try:
        if not connection.send_messages([transport.message(mail)]):
            raise ConnectionError("The mail backend took nothing.")
    except REFUSALS as error:
        _note_failure(mail, error, now=now)
        return False
    # Who is killed here sends again after the lease, with the same Message-ID.
    body = {"body": ""} if mail.is_confidential else {}
    _held(mail.lease_token).filter(pk=mail.pk).update(
        state=Mail.State.SENT, sent_at=now, error="", attempts=F("attempts") + 1, **FREE, **body
    )
    return True


def _suffer_outage(mail: Mail, error: Exception, *, now: datetime) -> None:
    """Note a failure of the server for the mail at hand, and give all others a pause.

    The mail at hand counts it, because it may be the cause; so even that one ends.
    """
    logger.warning("mail server failed", extra={"error": _told(error)})
    _note_failure(mail, error, now=now)
    Mail.objects.filter(state=Mail.State.WAITING, next_attempt_at__lte=now).update(
        next_attempt_at=now + OUTAGE_PAUSE
    )


def _note_failure(mail: Mail, error: Exception, *, now: datetime) -> None:
    attempts = mail.attempts + 1
    is_over = attempts >= (MAX_REFUSALS if _is_permanent(error) else MAX_ATTEMPTS)
    noted = (
        _held(mail.lease_token)
        .filter(pk=mail.pk)
        .update(
            state=Mail.State.PARKED if is_over else Mail.State.WAITING,
            attempts=attempts,
            next_attempt_at=now + min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE),
            error=_told(error),
            **FREE,
        )
    )
    if noted and is_over:
        logger.error("mail parked", extra={"mail": mail.key, "error": _told(error)})


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= PERMANENT


def _told(error: Exception) -> str:
    """Return an error for the log and the admin: servers like to repeat addresses in theirs."""
    return masked(f"{type(error).__name__}: {error}")[:1000]
