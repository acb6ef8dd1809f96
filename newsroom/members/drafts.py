"""Turning rows of a sheet into drafts, submitted as one batch."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Page

from cms.pages.turns import take_turns
from newsroom.approval.bundles import bundled
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.rules import NotReadyError
from newsroom.members.models import Batch, BatchItem
from newsroom.members.references import references_once

# Called with how many rows are done and how many there are.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Show nothing."""


class RowError(Exception):
    """A row cannot be stored. `row` is its number, the text says why."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row = row


class DryRun(Exception):
    """Ends a dry run: everything was tried, nothing stays."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as a row wants it. `page` may be new; `parent` is where a new one goes.

    `values` are fields; `children` are child relations: name -> unsaved children in order.
    """

    row: int
    page: Any
    parent: Page | None
    values: dict[str, Any]
    children: dict[str, list[Any]]


@dataclass(slots=True)
class Outcome:
    """What an import did; `batch` is None when nothing was to do."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    batch: Batch | None = None


@contextmanager
def all_or_nothing(*, is_dry_run: bool) -> Iterator[None]:
    """Run an import in one transaction; roll a dry run back at its end."""
    try:
        with transaction.atomic():
            yield
            if is_dry_run:
                raise DryRun
    except DryRun:
        pass


def store(
    drafts: Sequence[Draft],
    *,
    name: str,
    by: Any,
    now: datetime,
    progress: Progress = silent,
    outcome: Outcome | None = None,
) -> Outcome:
    """Write what differs as drafts and submit them by `by`, as one batch.

    In the caller's transaction.
    A page that already says what its row says is left alone. A review under way ends where the
    row brings another text. Raises RowError.
    """
    outcome = outcome or Outcome()
    with bundled(name=name, by=by) as bundle, references_once() as touched:
        for done, draft in enumerate(drafts, start=1):
            try:
                touched += _store_one(draft, outcome, name=name, by=by, now=now)
            except (ValidationError, NotReadyError) as error:
                reasons = getattr(error, "messages", [str(error)])
                raise RowError(draft.row, " ".join(reasons)) from error
            except IntegrityError as error:
                raise RowError(draft.row, "its id belongs to something else") from error
            progress(done, len(drafts))
        if outcome.batch is not None:
            bundle.path = reverse("member_batch", args=[outcome.batch.pk])
    return outcome


def _store_one(draft: Draft, outcome: Outcome, *, name: str, by: Any, now: datetime) -> list[Any]:
    """Write a draft and submit it; return the pages whose rows that changed."""
    page, changed = draft.page, []
    if page.pk is None:
        _apply(page, draft)
        page.live = False
        page.owner = by
        assert draft.parent is not None  # noqa: S101 - new pages come with their parent
        draft.parent.refresh_from_db()
        draft.parent.add_child(instance=page)
        changed = [page]
        outcome.created += 1
    else:
        take_turns([page.pk])
        page.refresh_from_db(fields=["latest_revision"])  # somebody has written since it was read
        revision = page.latest_revision
        before = fingerprint(revision.content if revision else page.serializable_data())
        page = page.get_latest_revision_as_object()
        _apply(page, draft)
        if fingerprint(page.serializable_data()) == before:
            outcome.unchanged += 1
            return []
        if (review := page.current_workflow_state) is not None:
            review.cancel(user=by)
        outcome.changed += 1
    page.save_revision(user=by, log_action=True)
    page.get_workflow().start(page, by)
    if outcome.batch is None:
        outcome.batch = Batch.objects.create(name=name[:200], created_by=by, created_at=now)
    BatchItem.objects.create(batch=outcome.batch, page_id=page.pk)
    return changed


def _apply(page: Any, draft: Draft) -> None:
    for name, value in draft.values.items():
        setattr(page, name, value)
    for name, children in draft.children.items():
        for order, child in enumerate(children):
            child.sort_order = order
        setattr(page, name, children)
