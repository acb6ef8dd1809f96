"""State changes of the media library."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cms.media.models import FileUse, MediaUse, NewsFile, NewsImage


def record_uses(shown: Mapping[int, tuple[Collection[int], Collection[int]]]) -> None:
    """Store what the live versions of pages show: page -> (ids of pictures, ids of files).

    Replaces what was stored of these pages before.
    """
    pictures, files = _held(MediaUse, "image_id", shown), _held(FileUse, "file_id", shown)
    # As a rule it is what was frozen by the approval, and that alone.
    frozen = [
        page_id
        for page_id, (image_ids, file_ids) in shown.items()
        if pictures[page_id] == {(each, False) for each in image_ids}
        and files[page_id] == {(each, False) for each in file_ids}
    ]
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id__in=frozen).update(is_shown=True)
    for page_id in shown.keys() - set(frozen):
        forget_uses(page_id=page_id)
        _store(page_id, *shown[page_id], is_shown=True)


def hold(*, page_id: int, image_ids: Collection[int], file_ids: Collection[int] = ()) -> None:
    """Freeze the pictures and files of an approved version until it is public or withdrawn.

    Before they are compared with what was submitted: who exchanges one at this instant is waited
    for, and what they leave is compared; after that nobody can.
    """
    for model, ids in ((NewsImage, image_ids), (NewsFile, file_ids)):
        rows = model.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        list(rows.values_list("pk"))
    release_hold(page_id=page_id)
    _store(page_id, image_ids, file_ids, is_shown=False)


def release_hold(*, page_id: int) -> None:
    """Let go what an approved version shows that will not be published after all."""
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id=page_id, is_shown=False).delete()


def forget_shown(*, page_id: int) -> None:
    """Store that no page shows them any more; what waits for its hour keeps its own frozen."""
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id=page_id, is_shown=True).delete()


def forget_uses(*, page_id: int) -> None:
    """Store that no version of a page needs pictures or files any more."""
    for model in (MediaUse, FileUse):
        model.objects.filter(page_id=page_id).delete()


def _held(
    model: type[MediaUse] | type[FileUse], field: str, pages: Iterable[int]
) -> defaultdict[int, set[tuple[Any, bool]]]:
    """Return page -> (id of what it has, whether it is shown)."""
    held = defaultdict(set)
    uses = model.objects.filter(page_id__in=list(pages))
    for page_id, id_, is_shown in uses.values_list("page_id", field, "is_shown"):
        held[page_id].add((id_, is_shown))
    return held


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
