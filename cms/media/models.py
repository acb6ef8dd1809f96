"""Pictures with what the law and a reader need (credit, licence, description), and files."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.media.addresses import private_address
from cms.media.authorship import UnreadableFileError, without_authorship
from cms.media.filetypes import TYPES, extension_of, is_what_it_says
from cms.media.metadata import CleanPicture, without_metadata
from cms.pages.gate import RefusedError

FROZEN_FIELDS = (
    "file",
    *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
)


class FrozenPictureError(RefusedError):
    """The picture is on a public or an approved page and must stay what it is."""


class FrozenFileError(RefusedError):
    """The file is on a public or an approved page and must stay what it is."""


class NewsImage(AbstractImage):
    """A picture of the newsroom. Its file is private until a public page shows it.

    Its words here are the library's, and nobody approves them: readers see those of the release.
    """

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

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture, a new file without what its camera knew.

        Raises FrozenPictureError when the file or its crop would change while it is in use,
        UnreadablePictureError for a damaged file.
        """
        stored = _locked(self)
        if self.is_frozen() and any(
            getattr(self, name) != getattr(stored, name) for name in FROZEN_FIELDS
        ):
            raise FrozenPictureError(_("This picture is in use. Upload the other one as new."))
        upload: Any = getattr(self, "file")  # noqa: B009 - Wagtail's field has no type
        if not upload._committed:
            if not isinstance(upload.file, CleanPicture):
                setattr(self, "file", without_metadata(upload))  # noqa: B010
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    """A scaled copy; it is as private as its original."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]

    @property
    def url(self) -> str:
        """Return the address of the copy; not the public one while its page is shown early."""
        name = str(self.file.name)
        private = private_address(reference=f"picture {self.image_id}", name=name)
        return str(super().url) if private is None else private


class NewsFile(AbstractDocument):
    """A file that readers can take along. It is private until a public page shows it."""

    # No tags, as of pictures.
    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    @property
    def url(self) -> str:
        """Return the file's one address, which asks at every request whether it may be seen."""
        private = private_address(reference=self.reference(), name=str(self.file.name))
        return str(self.file.url) if private is None else private

    @property
    def kind(self) -> str:
        """Return what readers call its type, for example "PDF"."""
        return extension_of(self.file.name).upper()

    def reference(self) -> str:
        """Return what a receipt calls this file."""
        return f"file {self.pk}"

    def digest(self) -> str:
        """Return the SHA-256 in hex of the file and its name; its title stands on the page."""
        with self.open_file() as file:
            return hashlib.sha256(self.filename.encode() + b"\0" + file.read()).hexdigest()

    def is_frozen(self) -> bool:
        """Return whether the file stands on a public page or one that was approved."""
        return self.pk is not None and self.uses.exists()

    def clean(self) -> None:
        """Refuse what is not one of the allowed kinds, whatever its name says."""
        super().clean()
        if self.file._committed:
            return
        if not is_what_it_says(self.file, self.file.name):
            known = ", ".join(kind.upper() for kind in TYPES)
            raise ValidationError(
                {
                    "file": _(
                        "This is none of the kinds of file we hand out (%(kinds)s). Texts must "
                        "be UTF-8, office files free of macros."
                    )
                    % {"kinds": known}
                }
            )
        try:
            content = without_authorship(self.file, self.file.name)
        except UnreadableFileError as error:
            raise ValidationError(
                {"file": _("The file cannot be read: it is damaged or locked by a password.")}
            ) from error
        # Wagtail's field has no type; this says that it is another one.
        setattr(self, "file", ContentFile(content, name=self.file.name))  # noqa: B010

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file, a new one without who wrote it.

        Raises FrozenFileError when the file would change while it is in use, ValidationError
        for a file that is none of the allowed kinds.
        """
        stored = _locked(self)
        if self.is_frozen() and self.file != stored.file:
            raise FrozenFileError(_("This file is in use. Upload the other one as new."))
        if not self.file._committed:
            self.clean()  # what it takes away a second time is no longer there
            self._set_document_file_metadata()
        super().save(*args, **kwargs)


def _locked(thing: Any) -> Any:
    """Return a picture or file as it is stored, None for a new one.

    Who approves a page that shows it at this instant is waited for, or waits: see services.hold.
    """
    return type(thing).objects.select_for_update().filter(pk=thing.pk).first()


class _Use(models.Model):
    """Says that a version of a page has something: the live one, or an approved one that waits.

    Rewritten whenever a page is approved, published or taken offline, in the same transaction, so
    that "may this file be seen" is one question to the database and never a guess from references.
    What is in use is frozen: an approval would not be worth much if its pictures could change.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    is_shown = models.BooleanField()  # False: approved, waiting for its hour

    class Meta:
        abstract = True


class MediaUse(_Use):
    """The use of a picture."""

    image = models.ForeignKey(NewsImage, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "image", "is_shown"], name="unique_media_use"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} shows picture {self.image_id}"


class FileUse(_Use):
    """The use of a file."""

    file = models.ForeignKey(NewsFile, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "file", "is_shown"], name="unique_file_use"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} shows file {self.file_id}"
