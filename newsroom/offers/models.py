"""Offers: what a member does for newcomers, where, when and for whom."""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from newsroom.offers import presentation
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
    languages = models.CharField(
        _("languages spoken"),
        max_length=200,
        blank=True,
        help_text=_("Codes separated by commas: de, en, ar"),
    )
    mode = models.CharField(_("place"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    address = models.TextField(_("address"), blank=True)
    times = models.TextField(_("times"), blank=True)
    cost = models.CharField(_("cost"), max_length=200, blank=True)
    access = models.TextField(_("access without barriers"), blank=True)
    registration = models.TextField(_("registration"), blank=True)
    contact = models.TextField(_("contact"), blank=True)

    content_panels = [
        *GovernedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("fields_of_action", widget=CheckboxSelectMultiple),
        FieldPanel("target_groups", widget=CheckboxSelectMultiple),
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
                FieldPanel("address"),
                FieldPanel("times"),
                FieldPanel("cost"),
                FieldPanel("access"),
                FieldPanel("registration"),
                FieldPanel("contact"),
            ],
            heading=_("Place, time and contact"),
        ),
    ]
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
        return [code.strip() for code in self.languages.split(",") if code.strip()]

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
