"""The real way out, as the settings name it (cms.settings.mail)."""

from typing import Any

import django
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

from cms.mail.models import Mail

ALIAS = "transport"


def connection() -> Any:
    """Return a mail backend that is not open yet; a context manager that opens and closes it."""
    if django.VERSION >= (6, 1):
        return mail.mailers[ALIAS]
    config = settings.MAIL_TRANSPORT  # type: ignore[misc] # of 5.2 alone
    return mail.get_connection(config["BACKEND"], **config["OPTIONS"])


def message(row: Mail) -> EmailMessage:
    """Return the mail of a row, with the Message-ID it has in every try."""
    return EmailMessage(
        subject=row.subject,
        body=row.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.to],
        headers={
            "Message-ID": row.message_id,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no absence note answers it
        },
    )
