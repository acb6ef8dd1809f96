"""State changes of the media library."""

from collections.abc import Iterable

from cms.media.models import MediaUse


def record_uses(*, page_id: int, image_ids: Iterable[int]) -> None:
    """Store which pictures the live version of a page shows; replaces what was stored before."""
    forget_uses(page_id=page_id)
    MediaUse.objects.bulk_create(
        MediaUse(page_id=page_id, image_id=image_id) for image_id in sorted(set(image_ids))
    )


def forget_uses(*, page_id: int) -> None:
    """Store that a page shows no picture to the public any more."""
    MediaUse.objects.filter(page_id=page_id).delete()
