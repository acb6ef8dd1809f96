"""Reads of the media library."""

from cms.media.models import FileUse, MediaUse


def shown_on(*, page_id: int) -> tuple[set[int], set[int]]:
    """Return the ids of the pictures and of the files recorded as shown by the live version."""
    pictures = MediaUse.objects.filter(page_id=page_id, is_shown=True)
    files = FileUse.objects.filter(page_id=page_id, is_shown=True)
    return (
        set(pictures.values_list("image_id", flat=True)),
        set(files.values_list("file_id", flat=True)),
    )
