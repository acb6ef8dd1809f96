"""The pictures and files that an approved version shows."""

from typing import Any

from wagtail.documents import get_document_model

from cms.media.models import Rendition


def reference_of(name: str, *, version: Any) -> str | None:
    """Return the reference of the stored file `name` if `version` shows it, else None.

    Of pictures only scaled copies, never what was uploaded.
    """
    if "\x00" in name:  # no file has it, and PostgreSQL refuses to compare it
        return None
    pictures = version.pictures_shown()
    rendition = Rendition.objects.filter(file=name, image_id__in=pictures).first()
    if rendition is not None:
        return f"picture {rendition.image_id}"
    files = version.files_shown() if hasattr(version, "files_shown") else ()
    file = get_document_model().objects.filter(file=name, pk__in=files).first()
    return file and f"file {file.pk}"
