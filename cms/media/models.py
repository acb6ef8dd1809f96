"""Pictures with what the law and a reader need: credit, licence, description."""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.media.metadata import without_metadata
from cms.pages.gate import RefusedError

FROZEN_FIELDS = (
    "file",
    *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
)


class FrozenPictureError(RefusedError):
    """The picture is on a public or an approved page and must stay what it is."""


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

    # No tags: the platform shows all of them to everybody, those of other houses' drafts too.
    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit_line",
        "licence",
        "collection",
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def reference(self) -> str:
        """Return what a receipt calls this picture."""
        return f"picture {self.pk}"

    def digest(self) -> str:
        """Return the SHA-256 in hex of the file and its crop; the words stand on the page."""
        crop = [getattr(self, name) for name in FROZEN_FIELDS[1:]]
        with self.open_file() as file:
            return hashlib.sha256(file.read() + json.dumps(crop).encode()).hexdigest()

    def is_frozen(self) -> bool:
        """Return whether the picture stands on a public page or one that was approved."""
        return self.pk is not None and self.uses.exists()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture, a new file without what its camera knew.

        Raises FrozenPictureError when the file or its crop would change while it is in use.
        """
        if self.is_frozen() and self._is_other_picture():
            raise FrozenPictureError(_("This picture is in use. Upload the other one as new."))
        upload: Any = getattr(self, "file")  # noqa: B009 - Wagtail's field has no type
        if not upload._committed:
            setattr(self, "file", without_metadata(upload))  # noqa: B010
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def _is_other_picture(self) -> bool:
        stored = type(self).objects.get(pk=self.pk)
        return any(getattr(self, name) != getattr(stored, name) for name in FROZEN_FIELDS)

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
    """Says that a version of a page has a picture: the live one, or an approved one that waits.

    Rewritten whenever a page is approved, published or taken offline, in the same transaction, so
    that "may this file be seen" is one question to the database and never a guess from references.
    A picture in use is frozen: an approval would not be worth much if its pictures could change.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey(NewsImage, on_delete=models.PROTECT, related_name="uses")
    is_shown = models.BooleanField()  # False: approved, waiting for its hour

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "image", "is_shown"], name="unique_media_use"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} shows picture {self.image_id}"
