"""The pictures and files that an approved version shows."""

from typing import Any

from cms.media.models import NewsFile, Rendition
from newsroom.approval.models import Receipt


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
    file = NewsFile.objects.filter(file=name, pk__in=version.files_shown()).first()
    return None if file is None else file.reference()


def are_as_approved(version: Any, receipt: Receipt, *, only: str | None = None) -> bool:
    """Return whether what `version` shows besides its text still is what was approved.

    `only` is the one reference to look at. Reads files: not for a transaction.
    """
    approved = receipt.references
    if approved is None:  # an older version of the project did not keep it
        return True
    shown = (each for each in version.references() if only in (None, each.reference()))
    try:
        return all(approved.get(each.reference()) == each.digest() for each in shown)
    except OSError:
        return False
