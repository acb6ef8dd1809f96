"""Press releases and news."""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField

from cms.media.models import NewsFile, NewsImage
from cms.pages.governed import GovernedPage
from cms.pages.models import RICH_TEXT
from cms.pages.references import Referenced
from newsroom.approval.changes import CHANGE_PANEL, ChangeablePage
from newsroom.members.models import MemberPage
from newsroom.press.models import Boilerplate, PressContact
from newsroom.regions.tagging import Tagged
from newsroom.releases import advice, preflight, presentation
from newsroom.releases.blocks import BodyBlock, chosen
from newsroom.releases.forms import ReleaseForm
from newsroom.releases.panels import PreflightPanel
from newsroom.releases.parts import (
    RelatedRelease,
    ReleaseContact,
    ReleaseIssuer,
    ReleasePicture,
    ReleaseRegion,
)
from newsroom.vocabularies.models import Term

__all__ = [
    "NewsroomIndexPage",
    "PressReleasePage",
    "RelatedRelease",
    "ReleaseContact",
    "ReleaseIssuer",
    "ReleasePicture",
    "ReleaseRegion",
]


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


class PressReleasePage(Tagged, ChangeablePage):
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
    boilerplate = models.ForeignKey(
        Boilerplate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("boilerplate"),
        help_text=_("What the issuing member says about itself."),
    )
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("What was promised to others. The release never becomes public before."),
    )
    internal_notes = models.TextField(
        _("internal notes"),
        blank=True,
        help_text=_("For the newsroom. Readers never see them."),
    )

    is_template = models.BooleanField(
        _("template"),
        default=False,
        help_text=_("New drafts begin with its words. A template itself is never submitted."),
    )

    base_form_class = ReleaseForm
    content_panels = [
        PreflightPanel(),
        CHANGE_PANEL,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("kicker"),
                *ChangeablePage.content_panels,
                FieldPanel("lead"),
                FieldRowPanel([FieldPanel("dateline_place"), FieldPanel("dateline_date")]),
            ],
            heading=_("Head"),
        ),
        FieldPanel("body"),
        InlinePanel("pictures", heading=_("Pictures"), label=_("Picture")),
        FieldPanel("issuing_member"),
        InlinePanel(
            "co_issuers", heading=_("Co-issuing members"), label=_("Member"), classname="collapsed"
        ),
        FieldPanel("boilerplate"),
        MultipleChooserPanel(
            "contact_links",
            chooser_field_name="contact",
            heading=_("Press contacts"),
            label=_("Press contact"),
        ),
        MultipleChooserPanel(
            "region_links",
            chooser_field_name="region",
            heading=_("Regions"),
            label=_("Region"),
        ),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        InlinePanel(
            "related_links",
            heading=_("Related releases"),
            label=_("Release"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("embargoed_until"),
                FieldRowPanel([FieldPanel("go_live_at"), FieldPanel("expire_at")]),
            ],
            heading=_("Times"),
        ),
        MultiFieldPanel(
            [FieldPanel("internal_notes"), FieldPanel("is_template")],
            heading=_("For the newsroom"),
            classname="collapsed",
        ),
    ]
    # The times stand in the form, where all three are seen together.
    settings_panels = [CommentPanel()]
    # Nobody translates an address, and notes are for the one who wrote them.
    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("internal_notes"),
    ]
    template = "newsroom/releases/release_page.html"
    must_be_translated = ("title", "lead", "body")
    search_kind = "release"
    search_reads = (
        "issuing_member", "topics", "pictures", "co_issuers__member",
        "region_links__region__parent__parent",
    )  # fmt: skip
    parent_page_types = ["releases.NewsroomIndexPage", "members.MemberPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def issuers(self) -> list[MemberPage]:
        """Return the members that issue this version, the first one first."""
        # A draft may have rows in which nobody has chosen anything yet.
        further = [link.member for link in self.co_issuers.all() if link.member_id]
        return [member for member in (self.issuing_member, *further) if member]

    def contacts(self) -> list[PressContact]:
        """Return whom journalists may call about this version."""
        return [link.contact for link in self.contact_links.all() if link.contact_id]

    def images(self) -> list[NewsImage]:
        """Return the pictures of this version, those between its paragraphs last."""
        first = [picture.image for picture in self.pictures.all() if picture.image_id]
        return [*first, *chosen(self.body, "picture", "image")]

    def files(self) -> list[NewsFile]:
        """Return the files of this version."""
        return chosen(self.body, "file", "file")

    def pictures_shown(self) -> list[int]:
        """Return the ids of the pictures this version shows."""
        first = [picture.image_id for picture in self.pictures.all() if picture.image_id]
        return [*first, *(image.pk for image in chosen(self.body, "picture", "image"))]

    def files_shown(self) -> list[int]:
        """Return the ids of the files this version shows."""
        return [file.pk for file in self.files()]

    def references(self) -> list[Referenced]:
        """Return what an approval covers besides the text: pictures, files, shared texts."""
        boilerplates = [self.boilerplate] if self.boilerplate else []
        return [*self.images(), *self.files(), *boilerplates, *self.contacts()]

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps the release from being submitted."""
        return [*super().preflight(), *preflight.problems(self, now=timezone.now())]

    def advice(self) -> list[tuple[str, str]]:
        """Return what is doubtful about the release, but keeps nobody from submitting it."""
        return advice.doubts(self)

    def get_workflow(self) -> Any:
        """Return the steps of the approval: those of the issuing member, wherever the page stands.

        A member may want a second step (legal, leadership) before its releases are published.
        """
        return self.issuing_member.get_workflow() if self.issuing_member else super().get_workflow()

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presentation.release_context(self)}
