"""State changes of mails: writing one, trying a parked one again, forgetting old ones."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from cms.mail import content
from cms.mail.models import MAX_KEY, Mail

logger = logging.getLogger(__name__)

FORGOTTEN_A_ROUND = 500


def enqueue(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    is_confidential: bool = False,
) -> bool:
    """Write a mail in the caller's transaction; return whether it will be sent.

    `key` names the occasion and the person, at most 200 characters and no address: a second call
    with the same key changes nothing and returns False, and so does an address that is empty or
    none at all. `subject` becomes one line; `body` is plain text. `is_confidential`: the text
    carries a secret; the admin does not show it. Raises ValueError for a bad key.
    """
    if not 0 < len(key) <= MAX_KEY or "@" in key:
        raise ValueError("The key of a mail has 1 to 200 characters and is no address.")
    to = to.strip()
    if not content.is_address(to):
        if to:
            logger.warning("mail without an address", extra={"key": key})
        return False
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    _mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "message_id": content.message_id(key=key, host=host),
            "to": to,
            "subject": content.one_line(subject),
            "body": content.plain(body),
            "is_confidential": is_confidential,
            "created_at": now,
            "next_attempt_at": now,
        },
    )
    return is_new


def retry(*, mail: Mail, now: datetime) -> bool:
    """Let the worker try a parked mail again, from the first try; return whether it will."""
    parked = Mail.objects.filter(pk=mail.pk, state=Mail.State.PARKED).exclude(to="")
    return bool(parked.update(state=Mail.State.WAITING, attempts=0, next_attempt_at=now, error=""))


def forget(*, now: datetime) -> int:
    """Empty address, subject and text of mails sent or parked long ago; return how many.

    A mail is kept MAIL_KEPT_DAYS after it was written; one that still waits is never touched.
    """
    old = Mail.objects.filter(
        ~Q(to=""),
        ~Q(state=Mail.State.WAITING),
        created_at__lte=now - timedelta(days=settings.MAIL_KEPT_DAYS),
    )
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_A_ROUND])
    # The state is asked again: a parked one may have been set going meanwhile.
    return old.filter(pk__in=ids).update(to="", subject="", body="") if ids else 0
