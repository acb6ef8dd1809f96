"""Django's way of sending, taken to the outbox: all mail leaves by the same door."""

import uuid
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from cms.mail.services import enqueue


class OutboxBackend(BaseEmailBackend):
    """Writes what `send_mail` is given into the outbox, one row an address.

    Wagtail's and Django's own mails come this way: a new password, a comment on a page. They may
    carry secrets, so they are confidential. Only their plain text is kept: the HTML beside it says
    the same. They leave when the caller's transaction is committed, and not before.
    """

    def __init__(self, **options: Any) -> None:
        """Take what callers pass to a server's connection (a password, say), and ignore it."""
        super().__init__(alias=options.get("alias"))

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails down; return how many have an address. Raises ValueError for files."""
        return sum(_is_written(message) for message in email_messages)


def _is_written(message: EmailMessage) -> bool:
    if message.attachments or message.content_subtype != "plain":
        raise ValueError("The outbox carries plain text.")
    occasion = uuid.uuid4().hex
    written = [
        enqueue(
            key=f"django-{occasion}-{number}",
            to=_bare(address),
            subject=str(message.subject),
            body=str(message.body),
            now=timezone.now(),
            is_confidential=True,
        )
        for number, address in enumerate(message.recipients())
    ]
    return any(written)


def _bare(address: str) -> str:
    """Return the address of "Name <address>"."""
    return parseaddr(address)[1]
