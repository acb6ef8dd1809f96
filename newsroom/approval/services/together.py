"""Publishing what is due in the same moment: read and written together, failing one by one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from cms.media.services import record_uses
from cms.pages.tree import parent_path
from cms.pages.turns import take_turns
from newsroom.approval import audit
from newsroom.approval.models import AuditEntry, Notice, Receipt
from newsroom.approval.services.flip import FailedError, answering_for, flip
from newsroom.approval.services.standing import assert_as_approved
from newsroom.approval.steps import versions_published

State = Receipt.State


def publish_together(
    *, receipts: Sequence[Receipt], now: datetime, user: Any = None
) -> tuple[int, list[FailedError]]:
    """Publish approved versions; return how many became public, and those that failed.

    Each with its search document, pictures and record, all in one transaction: a hundred releases
    may be due in one second, and what each needs is read for all at once. When one fails, all is
    undone and done again without it. Nothing happens to those whose hour has not come, or where
    somebody else was faster. Whoever calls has asked whether source and parent are public: this is
    about the order only, `selectors.public` hides what stands on ground that is not public.
    """
    left = list(receipts)
    failed: list[FailedError] = []
    while left:
        try:
            with transaction.atomic():
                return _publish(left, user=user, now=now), failed
        except FailedError as error:
            failed.append(error)
            left = [receipt for receipt in left if receipt.pk != error.receipt.pk]
    return 0, failed


def _publish(receipts: Sequence[Receipt], *, user: Any, now: datetime) -> int:
    take_turns(receipt.page_id for receipt in receipts)
    locked = Receipt.objects.select_for_update().select_related("revision").order_by("pk")
    ripe = [
        receipt
        for receipt in locked.filter(pk__in=[receipt.pk for receipt in receipts])
        if receipt.state == State.APPROVED and receipt.due_at <= now
    ]
    ripe.sort(key=lambda receipt: (receipt.due_at, receipt.pk))
    if not ripe:
        return 0
    pages = _read(receipt.page_id for receipt in ripe)
    parents = _parents(pages.values())
    for receipt in ripe:
        with answering_for(receipt):
            page = pages[receipt.page_id]
            assert_as_approved(receipt, page=page, parent_id=parents[page.pk])
    _note_states(ripe, now=now)
    flipped = flip([(each, pages[each.page_id]) for each in ripe], user=user, now=now)
    record_uses({page.pk: (page.pictures_shown(), page.files_shown()) for page in flipped})
    audit.record_versions(ripe, action=AuditEntry.Action.PUBLISHED, now=now, user=user)
    versions_published.send(sender=Receipt, receipts=ripe)
    return len(ripe)


def _note_states(receipts: Sequence[Receipt], *, now: datetime) -> None:
    pages = [receipt.page_id for receipt in receipts]
    Receipt.objects.filter(page_id__in=pages, state=State.LIVE).update(state=State.SUPERSEDED)
    Receipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(
        state=State.LIVE, published_at=now, error=""
    )
    # A notice tells why a page is gone; now it is back.
    open_states = (Notice.State.PROPOSED, Notice.State.PUBLISHED)
    Notice.objects.filter(page_id__in=pages, state__in=open_states).update(
        state=Notice.State.SUPERSEDED
    )
    for receipt in receipts:
        receipt.state, receipt.published_at, receipt.error = State.LIVE, now, ""


def _read(ids: Iterable[int]) -> dict[int, Any]:
    """Return pages by number, with all that belongs to them (pictures, regions, topics)."""
    pages = {page.pk: page for page in Page.objects.filter(pk__in=list(ids)).specific()}
    by_kind: dict[type[Page], list[Any]] = {}
    for page in pages.values():
        by_kind.setdefault(type(page), []).append(page)
    for kind, some in by_kind.items():
        children = [relation.get_accessor_name() for relation in get_all_child_relations(kind)]
        linked = [field.name for field in get_all_child_m2m_relations(kind)]
        prefetch_related_objects(some, *children, *linked)
    return pages


def _parents(pages: Iterable[Any]) -> dict[int, int | None]:
    """Return below which page each one stands, by number."""
    above = {page.pk: parent_path(page.path) for page in pages}
    known = dict(Page.objects.filter(path__in=set(above.values())).values_list("path", "pk"))
    return {pk: known.get(path) for pk, path in above.items()}
