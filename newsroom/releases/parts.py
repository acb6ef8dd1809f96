"""What a release has several of: pictures, regions, further issuers, contacts, related releases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from newsroom.members.models import MemberPage
from newsroom.press.models import PressContact
from newsroom.regions.tagging import RegionLink

PAGE = "releases.PressReleasePage"


class ReleasePicture(Orderable):
    """A picture of a release with the words that are printed with it.

    The words belong to the release and not to the picture, so that an approval covers them.
    """

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="pictures")
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


class ReleaseRegion(RegionLink):
    """A region a release is about."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="region_links")

    class Meta(RegionLink.Meta):
        verbose_name_plural = _("regions")


class ReleaseIssuer(Orderable):
    """A member that issues a release together with the first one."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="co_issuers")
    member = models.ForeignKey(
        MemberPage, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )

    panels = [PageChooserPanel("member")]

    class Meta(Orderable.Meta):
        verbose_name = _("co-issuing member")
        verbose_name_plural = _("co-issuing members")


class ReleaseContact(Orderable):
    """A version of a press contact that stands on a release."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(
        PressContact, on_delete=models.PROTECT, related_name="+", verbose_name=_("press contact")
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")


class RelatedRelease(Orderable):
    """A release that readers of this one should know. They see it only while it is public."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="related_links")
    release = models.ForeignKey(
        PAGE, on_delete=models.PROTECT, related_name="+", verbose_name=_("release")
    )

    panels = [PageChooserPanel("release")]

    class Meta(Orderable.Meta):
        verbose_name = _("related release")
        verbose_name_plural = _("related releases")
