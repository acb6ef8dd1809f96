"""Comparing what is live with what was approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.media.selectors import shown_on
from newsroom.approval.fingerprint import (
    changed_fields,
    changed_references,
    digests,
    fingerprint,
)
from newsroom.approval.models import AuditEntry, Receipt

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A page that is live otherwise than it was approved."""

    page_id: int
    what: str  # for people, in English like all logs


def live_pages() -> Any:
    """Return all pages that are stored as live, the root of the tree excepted."""
    return Page.objects.filter(live=True, depth__gt=1).order_by("pk")


def verify() -> Iterator[tuple[int, list[Difference]]]:
    """Yield (page id, what differs) for every live page. Reads the files of its pictures."""
    for page in live_pages().specific().iterator(chunk_size=CHUNK):
        yield page.pk, [Difference(page.pk, what) for what in _differences(page)]


def _differences(page: Any) -> Iterator[str]:
    receipt = Receipt.objects.filter(
        page_id=page.pk, revision_id=page.live_revision_id, state=Receipt.State.LIVE
    ).first()
    if receipt is None:
        yield "is live without a receipt"
        return
    content = page.serializable_data()
    if fingerprint(content) != receipt.fingerprint:
        yield f"differs from its receipt in {', '.join(changed_fields(receipt.fields, content))}"
    if fingerprint(receipt.revision.content) != receipt.fingerprint:
        yield "has a live revision that was changed after its approval"
    try:
        shown = digests(page)
    except OSError as error:
        yield f"shows a file that cannot be read: {error.strerror}"
    else:
        for name in changed_references(receipt.references, shown):
            yield f"shows {name}, which is not what was approved"
    if (set(page.pictures_shown()), set(page.files_shown())) != shown_on(page_id=page.pk):
        yield "shows pictures or files other than those recorded as its own"
    if not _has_two_people(receipt):
        yield "was not approved by a second person"


def _has_two_people(receipt: Receipt) -> bool:
    if receipt.approved_by_id is not None:
        return True
    record = AuditEntry.objects.filter(revision_id=receipt.revision_id)
    if receipt.is_emergency:
        return receipt.countersign_until is not None
    # Accounts may have been deleted since; the record keeps their numbers.
    return record.filter(action=AuditEntry.Action.INSTALLED).exists() or (
        receipt.submitted_by_id is None
        and record.filter(action=AuditEntry.Action.APPROVED).exclude(actor_id=None).exists()
    )
