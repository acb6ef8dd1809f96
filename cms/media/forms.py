"""The forms of pictures and files in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.metadata import DAMAGED, without_metadata
from cms.media.models import FROZEN_FIELDS


class PictureField(WagtailImageField):
    """A picture without what its camera knew; the platform's field stumbles over damaged ones."""

    def to_python(self, data: Any) -> Any:
        """Return the picture written anew; a damaged one is an error of the field."""
        try:
            file = super().to_python(data)
            return file and without_metadata(file)
        except DAMAGED as error:
            raise ValidationError(self.error_messages["invalid_image"]) from error


class NewsImageForm(BaseImageForm):
    """Says at the field what a frozen picture does not allow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our field in the place of the platform's; forms of several pictures have none."""
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget
            )

    def clean(self) -> Any:
        """Refuse another file or crop for a picture in use."""
        cleaned = super().clean()
        if self.instance.is_frozen():
            for name in set(self.changed_data) & set(FROZEN_FIELDS):
                self.add_error(
                    name,
                    _("This picture is on a public page. Upload the other one as a new picture."),
                )
        return cleaned


class NewsFileForm(BaseDocumentForm):
    """Says at the field what a frozen file does not allow."""

    def clean(self) -> Any:
        """Refuse another file for one in use."""
        cleaned = super().clean()
        if self.instance.is_frozen() and "file" in self.changed_data:
            self.add_error(
                "file", _("This file is on a public page. Upload the other one as a new file.")
            )
        return cleaned
