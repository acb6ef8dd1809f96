"""Reads of the media library."""

from cms.media.models import MediaUse


def shown_on(*, page_id: int) -> set[int]:
    """Return the ids of the pictures that are recorded as shown by the live version of a page."""
    uses = MediaUse.objects.filter(page_id=page_id, is_shown=True)
    return set(uses.values_list("image_id", flat=True))
