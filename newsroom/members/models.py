"""Member organisations: each a house of its own in the tree."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection

from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from newsroom.members import presentation
from newsroom.regions.tagging import RegionLink, Tagged
from newsroom.vocabularies.models import Term

Vocabulary = Term.Vocabulary


class MemberIndexPage(GovernedPage):
    """The directory's front page in one language."""

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    content_panels = [*GovernedPage.content_panels, FieldPanel("intro")]
    template = "newsroom/members/member_index_page.html"
    is_retractable = False
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["members.MemberPage"]

    class Meta:
        verbose_name = _("member directory")
        verbose_name_plural = _("member directories")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.index_context(self, request.GET)}


class MemberPage(Tagged, GovernedPage):
    """The profile of a member organisation; its offers and releases may stand below it."""

    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    provider_kind = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        limit_choices_to={"vocabulary": Vocabulary.PROVIDER_KIND},
        related_name="+",
        verbose_name=_("kind of provider"),
    )
    summary = models.TextField(_("summary"), max_length=400)
    description = RichTextField(_("description"), features=RICH_TEXT, blank=True)
    fields_of_action = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Vocabulary.FIELD_OF_ACTION},
        related_name="+",
        verbose_name=_("fields of action"),
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    # The alliance's own number of the member; an import finds it again by it.
    external_id = models.CharField(
        _("external id"), max_length=100, blank=True, db_index=True, editable=False
    )
    since_year = models.PositiveSmallIntegerField(_("member since"), null=True, blank=True)

    content_panels = [
        *GovernedPage.content_panels,
        FieldPanel("short_name"),
        FieldPanel("provider_kind"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("fields_of_action", widget=CheckboxSelectMultiple),
        MultipleChooserPanel(
            "region_links",
            chooser_field_name="region",
            heading=_("Regions served"),
            label=_("Region"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("address"),
                FieldPanel("latitude"),
                FieldPanel("longitude"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("since_year"),
    ]
    exclude_fields_in_copy = ["external_id"]
    template = "newsroom/members/member_page.html"
    must_be_translated = ("summary", "description")
    search_kind = "member"
    parent_page_types = ["members.MemberIndexPage"]
    subpage_types = ["offers.OfferPage", "releases.PressReleasePage"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps the profile from being submitted."""
        problems = super().preflight()
        if not self.summary:
            problems.append(("summary", str(_("Say in one or two sentences who the member is."))))
        return problems

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.profile_context(self)}


class MemberRegion(RegionLink):
    """A region a member serves."""

    page = ParentalKey(MemberPage, on_delete=models.CASCADE, related_name="region_links")


class House(models.Model):
    """What belongs to a member besides its pages: the group of its people and its collection.

    `member_key` is the translation key of the profile; one house serves all its languages.
    """

    member_key = models.UUIDField(unique=True, editable=False)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")
    founded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.group.name


class Batch(models.Model):
    """Drafts that one import has written; somebody else approves them together."""

    name = models.CharField(_("name"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("imported"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"


class BatchItem(models.Model):
    """A page that an import has written a draft of."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "page"], name="unique_page_in_batch")
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} of batch {self.batch_id}"
