"""Press releases and news."""

from typing import Any

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from cms.pages.references import Referenced
from newsroom.members.models import MemberPage
from newsroom.regions.models import Region
from newsroom.releases import preflight, presentation
from newsroom.releases.blocks import BodyBlock
from newsroom.vocabularies.models import Term


class NewsroomIndexPage(GovernedPage):
    """The newsroom's front page in one language."""

    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    content_panels = [*GovernedPage.content_panels, FieldPanel("intro")]
    template = "newsroom/releases/newsroom_index_page.html"
    is_retractable = False
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["releases.PressReleasePage"]

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsrooms")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context. `page` in the query is read leniently."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.index_context(self, request.GET.get("page", "1"))}


class PressReleasePage(GovernedPage):
    """A press release, a piece of news, a statement or the notice of an event."""

    class Kind(models.TextChoices):
        RELEASE = "release", _("press release")
        NEWS = "news", _("news")
        STATEMENT = "statement", _("statement")
        EVENT = "event", _("event notice")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RELEASE)
    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("The short line above the title.")
    )
    lead = models.TextField(
        _("lead"),
        max_length=600,
        help_text=_("The first paragraph: who, what, when, where, why."),
    )
    dateline_place = models.CharField(_("dateline: place"), max_length=80)
    dateline_date = models.DateField(_("dateline: date"))
    body = StreamField(BodyBlock(), verbose_name=_("body"))
    issuing_member = models.ForeignKey(
        MemberPage,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issuing member"),
    )
    topics = ParentalManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"vocabulary": Term.Vocabulary.TOPIC},
        related_name="+",
        verbose_name=_("topics"),
    )

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("kicker"),
                *GovernedPage.content_panels,
                FieldPanel("lead"),
                FieldRowPanel([FieldPanel("dateline_place"), FieldPanel("dateline_date")]),
            ],
            heading=_("Head"),
        ),
        FieldPanel("body"),
        InlinePanel("pictures", heading=_("Pictures"), label=_("Picture")),
        FieldPanel("issuing_member"),
        MultipleChooserPanel(
            "region_links",
            chooser_field_name="region",
            heading=_("Regions"),
            label=_("Region"),
        ),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
    ]
    template = "newsroom/releases/release_page.html"
    search_kind = "release"
    parent_page_types = ["releases.NewsroomIndexPage", "members.MemberPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def regions(self) -> list[Region]:
        """Return the regions this version is tagged with."""
        return [link.region for link in self.region_links.all()]

    def pictures_shown(self) -> list[int]:
        """Return the ids of the pictures this version shows."""
        return [picture.image_id for picture in self.pictures.all()]

    def references(self) -> list[Referenced]:
        """Return the pictures: an approval covers their files."""
        return [picture.image for picture in self.pictures.all()]

    def required_children(self) -> dict[str, str]:
        """Return what must be there at submission: relation -> what to do."""
        return {"region_links": str(_("Choose at least one region."))}

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps the release from being submitted."""
        return [*super().preflight(), *preflight.problems(self)]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.release_context(self)}


class ReleasePicture(Orderable):
    """A picture of a release with the words that are printed with it.

    The words belong to the release and not to the picture, so that an approval covers them.
    """

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("picture"),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    credit_line = models.CharField(
        _("credit line"), max_length=200, help_text=_("Who made the picture.")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    panels = [
        FieldPanel("image"),
        FieldPanel("caption"),
        FieldPanel("alt_text"),
        FieldRowPanel([FieldPanel("credit_line"), FieldPanel("licence")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class ReleaseRegion(Orderable):
    """A region a release is about."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="region_links")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("Region")
    )

    panels = [FieldPanel("region")]

    class Meta(Orderable.Meta):
        verbose_name = _("region")
