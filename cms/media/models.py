"""Pictures with what the law and a reader need: credit, licence, description."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class NewsImage(AbstractImage):
    """A picture of the newsroom. Its file is private until a public page shows it."""

    credit_line = models.CharField(
        _("credit line"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture, as it must be printed beside it."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("For example CC BY 4.0, or: free for editorial use."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit_line",
        "licence",
        "collection",
        "tags",
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """Return the description for readers who do not see the picture."""
        return self.description or self.title


class Rendition(AbstractRendition):
    """A scaled copy; it is as private as its original."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class MediaUse(models.Model):
    """Says that the live version of a page shows a picture.

    Rewritten whenever a page is published or taken offline, in the same transaction, so that
    "may this file be seen" is one question to the database and never a guess from references.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "image"], name="unique_media_use"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} shows picture {self.image_id}"
