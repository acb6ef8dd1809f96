"""Offers: what a member does for newcomers, where, when and for whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from newsroom.offers import presentation
from newsroom.offers.forms import OfferPageForm, codes
from newsroom.offers.parts import Hours, Place
from newsroom.regions.models import Region
from newsroom.vocabularies.models import Term

Vocabulary = Term.Vocabulary


class OfferPage(GovernedPage):
    """An offer of the member above it."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", _("online")
        BOTH = "both", _("on site and online")

    summary = models.TextField(_("summary"), max_length=400)
    description = RichTextField(_("description"), features=RICH_TEXT, blank=True)
    fields_of_action = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.FIELD_OF_ACTION},
        related_name="+",
        verbose_name=_("fields of action"),
    )
    target_groups = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.TARGET_GROUP},
        related_name="+",
        verbose_name=_("target groups"),
    )
    offer_types = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.OFFER_TYPE},
        related_name="+",
        verbose_name=_("kinds of offer"),
    )
    # Codes of the vocabulary, separated by commas; the form offers nothing else. Kept as text, so
    # that approvals of a time before the vocabulary stay valid.
    languages = models.CharField(_("languages spoken"), max_length=200, blank=True)
    mode = models.CharField(_("place"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    address = models.TextField(_("address"), blank=True)
    times = models.TextField(_("times"), blank=True)
    cost = models.CharField(_("cost"), max_length=200, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    accessibility = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.ACCESS},
        related_name="+",
        verbose_name=_("access without barriers"),
    )
    access = models.TextField(_("more about access"), blank=True)
    registration = models.TextField(_("registration"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Is asked whether the offer is still right.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    # The provider's own number of the offer; an import finds it again by it.
    external_id = models.CharField(
        _("external id"), max_length=100, blank=True, db_index=True, editable=False
    )

    content_panels = [
        *GovernedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("fields_of_action", widget=CheckboxSelectMultiple),
        FieldPanel("target_groups", widget=CheckboxSelectMultiple),
        FieldPanel("offer_types", widget=CheckboxSelectMultiple),
        FieldPanel("languages"),
        MultipleChooserPanel(
            "region_links",
            chooser_field_name="region",
            heading=_("Regions served"),
            label=_("Region"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                InlinePanel("places", label=_("Place")),
                FieldPanel("address"),
                InlinePanel("hours", label=_("Opening hours")),
                FieldPanel("times"),
                FieldPanel("is_free"),
                FieldPanel("cost"),
                FieldPanel("accessibility", widget=CheckboxSelectMultiple),
                FieldPanel("access"),
                FieldPanel("registration"),
            ],
            heading=_("Place and time"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact"),
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("website"),
            ],
            heading=_("Contact"),
        ),
    ]
    base_form_class = OfferPageForm
    exclude_fields_in_copy = ["external_id"]
    template = "newsroom/offers/offer_page.html"
    search_kind = "offer"
    parent_page_types = ["members.MemberPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def regions(self) -> list[Region]:
        """Return the regions this version is tagged with."""
        return [link.region for link in self.region_links.all()]

    def language_codes(self) -> list[str]:
        """Return the codes of the languages spoken."""
        return codes(self.languages)

    def required_children(self) -> dict[str, str]:
        """Return what must be there at submission: relation -> what to do."""
        return {"region_links": str(_("Choose at least one region."))}

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps the offer from being submitted."""
        problems = super().preflight()
        if not self.summary:
            problems.append(("summary", str(_("Say in one or two sentences what is offered."))))
        return problems

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.offer_context(self)}


class OfferRegion(Orderable):
    """A region an offer serves."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="region_links")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("Region")
    )

    panels = [FieldPanel("region")]

    class Meta(Orderable.Meta):
        verbose_name = _("region")


class OfferPlace(Place):
    """A place where an offer takes place."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="places")


class OfferHours(Hours):
    """A time of the week at which an offer is there."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="hours")


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
    nonce = models.CharField(max_length=43, blank=True)

    def __str__(self) -> str:
        return f"offer {self.offer_key}, attested {self.attested_at:%Y-%m-%d}"


class Hint(models.Model):
    """What a reader or the provider says is wrong about an offer.

    `sender` is a keyed hash of the reader's address and the day, to count by; nothing leads back.
    """

    class Source(models.TextChoices):
        READER = "reader", _("reader")
        PROVIDER = "provider", _("provider")

    page = models.ForeignKey(
        OfferPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("offer")
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
