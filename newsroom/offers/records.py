"""What is stored about offers beside their pages: no approved text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attestation(models.Model):
    """Until when the provider stands by an offer; state beside the page, not approved text.

    `offer_key` is the translation key: all languages of an offer are right or wrong together.
    Attested at `attested_at`, by its publication or by the provider's answer; `ended_at`: the
    provider says that there is no such offer any more. `nonce` is the one word that the link in
    the newest mail to the provider carries; empty when it was used.
    """

    offer_key = models.UUIDField(unique=True)
    attested_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # When to ask again after it failed.
    next_attempt_at = models.DateTimeField(null=True)
    nonce = models.CharField(max_length=43, blank=True)

    def __str__(self) -> str:
        return f"offer {self.offer_key}, attested {self.attested_at:%Y-%m-%d}"


class Hint(models.Model):
    """What a reader or the provider says is wrong about an offer.

    `sender` is a keyed hash of the reader's address and the day, to count by; nothing leads back.
    How long what is kept: newsroom.offers.retention.
    """

    class Source(models.TextChoices):
        READER = "reader", _("reader")
        PROVIDER = "provider", _("provider")

    page = models.ForeignKey(
        "offers.OfferPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("offer")
    )
    source = models.CharField(_("from"), max_length=10, choices=Source.choices)
    text = models.TextField(_("text"), max_length=2000)
    reply_to = models.EmailField(_("reply to"), blank=True)
    sender = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(_("received"))
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("hint")
        verbose_name_plural = _("hints")
        indexes = [models.Index(fields=["sender", "created_at"], name="hint_sender")]

    def __str__(self) -> str:
        return f"hint {self.pk} about page {self.page_id}"


class Miss(models.Model):
    """How often a search found nothing: by month, district, field of action and language.

    An empty `region` or `field` says that the reader named none. No texts, no people.
    """

    month = models.DateField()  # its first day
    region = models.CharField(max_length=5, blank=True)
    field = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "region", "field", "language"], name="unique_miss"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.region} {self.field} {self.language}: {self.count}"
