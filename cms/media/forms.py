"""The forms of pictures and files in the admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.media.models import FROZEN_FIELDS


class NewsImageForm(BaseImageForm):
    """Says at the field what a frozen picture does not allow."""

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
