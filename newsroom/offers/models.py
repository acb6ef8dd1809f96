"""Offers: what a member does for newcomers, where, when and for whom."""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField

from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from newsroom.offers import presentation
from newsroom.offers.forms import OfferPageForm, codes
from newsroom.offers.parts import Hours, Place
from newsroom.offers.records import Attestation, Hint, Miss
from newsroom.regions.tagging import RegionLink, Tagged
from newsroom.vocabularies.models import Term

# Django looks for the tables of this room here.
__all__ = [
    "Attestation",
    "Hint",
    "Miss",
    "OfferHours",
    "OfferPage",
    "OfferPlace",
    "OfferRegion",
]

Vocabulary = Term.Vocabulary


class OfferPage(Tagged, GovernedPage):
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
    must_be_translated = ("summary", "description")
    search_kind = "offer"
    parent_page_types = ["members.MemberPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def language_codes(self) -> list[str]:
        """Return the codes of the languages spoken."""
        return codes(self.languages)

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


class OfferRegion(RegionLink):
    """A region an offer serves."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="region_links")


class OfferPlace(Place):
    """A place where an offer takes place."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="places")


class OfferHours(Hours):
    """A time of the week at which an offer is there."""

    page = ParentalKey(OfferPage, on_delete=models.CASCADE, related_name="hours")
