"""State changes of the media library."""

from collections.abc import Iterable

from cms.media.models import FileUse, MediaUse


def record_uses(*, page_id: int, image_ids: Iterable[int], file_ids: Iterable[int] = ()) -> None:
    """Store what the live version of a page shows; replaces what was stored before."""
    for model, field, ids in ((MediaUse, "image_id", image_ids), (FileUse, "file_id", file_ids)):
        uses = model.objects.filter(page_id=page_id)
        held = list(uses.values_list(field, "is_shown"))
        # As a rule it is what was frozen by the approval, and that alone.
        if sorted(held) != sorted((each, False) for each in set(ids)):
            forget_uses(page_id=page_id)
            _store(page_id, image_ids, file_ids, is_shown=True)
            return
        if held:
            uses.update(is_shown=True)


def hold(*, page_id: int, image_ids: Iterable[int], file_ids: Iterable[int] = ()) -> None:
    """Freeze the pictures and files of an approved version until it is public or withdrawn."""
    release_hold(page_id=page_id)
    _store(page_id, image_ids, file_ids, is_shown=False)


def release_hold(*, page_id: int) -> None:
    """Let go what an approved version shows that will not be published after all."""
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id=page_id, is_shown=False).delete()


def forget_uses(*, page_id: int) -> None:
    """Store that no version of a page needs pictures or files any more."""
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id=page_id).delete()


def _store(
    page_id: int, image_ids: Iterable[int], file_ids: Iterable[int], *, is_shown: bool
) -> None:
    MediaUse.objects.bulk_create(
        MediaUse(page_id=page_id, image_id=image_id, is_shown=is_shown)
        for image_id in sorted(set(image_ids))
    )
    FileUse.objects.bulk_create(
        FileUse(page_id=page_id, file_id=file_id, is_shown=is_shown)
        for file_id in sorted(set(file_ids))
    )
