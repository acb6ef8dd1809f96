"""Mails that are to be sent, and what became of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MAX_KEY = 200  # characters


class Mail(models.Model):
    """One plain text for one address.

    The row is written in the transaction that caused it, so it exists exactly when its cause does.
    It stays for ever: `key` says that it was written once. Address, subject and body are emptied
    some time after it was sent (see cms.mail.services.forget).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        PARKED = "parked", _("stopped after errors")

    # Names the occasion and the person ("review-12-submitted-7"), never an address.
    key = models.CharField(max_length=MAX_KEY, unique=True)
    # The same in every try: a receiver can tell a repeated mail from a second one.
    message_id = models.CharField(max_length=200)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # Carries a secret (a link to a new password): nobody but the addressee reads it, and it is
    # emptied as soon as it is sent.
    is_confidential = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    # The worker's side. The token fences: only the worker that holds it may report.
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    lease_token = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="mail_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["created_at"], name="mail_to_forget", condition=~Q(to="")),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"
