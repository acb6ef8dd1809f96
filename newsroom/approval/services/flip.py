"""Making pages public: all at once, or in a moment what was laid ready in the minute before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, published

from cms.pages.gate import NotApprovedError, gate
from newsroom.approval.documents import gathered
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import Receipt

Pair = tuple[Receipt, Any]  # a receipt and the page it is about


class FailedError(Exception):
    """An approved version could not be published; `error` says why."""

    def __init__(self, receipt: Receipt, error: Exception) -> None:
        super().__init__(str(error))
        self.receipt, self.error = receipt, error


@contextmanager
def answering_for(receipt: Receipt) -> Iterator[None]:
    """Raise FailedError for whatever goes wrong with one of several versions."""
    try:
        yield
    except Exception as error:
        raise FailedError(receipt, error) from error


@transaction.atomic
def lay_ready(*, receipt: Receipt, now: datetime) -> bool:
    """Store the approved text in the rows of a page that is not public; return whether it is.

    Nobody gets to see more for it: the page stays offline. A page with a public version cannot be
    prepared so, its rows are that version; nor one that was taken back, whose address answers.
    """
    page = Page.objects.select_for_update().get(pk=receipt.page_id)
    receipt = Receipt.objects.select_related("revision").get(pk=receipt.pk)
    if page.live or gate().is_withdrawn(page) or receipt.state != Receipt.State.APPROVED:
        return False
    version = receipt.revision.as_object()
    version.live = False
    version.full_clean()
    version.save(clean=False)
    Receipt.objects.filter(pk=receipt.pk).update(ready_at=now)
    return True


def flip(pairs: Sequence[Pair], *, user: Any, now: datetime) -> list[Any]:
    """Make approved versions the public ones, in the caller's transaction; return their pages.

    The pages are the stored ones. Raises FailedError.
    """
    pages, ready = [], []
    for receipt, page in pairs:
        with answering_for(receipt):
            if page.live or not (receipt.ready_at or _lies_ready(page, receipt)):
                action = PublishPageRevisionAction(receipt.revision, user=user)
                action.execute(skip_permission_checks=True)
                pages.append(action.object)
            else:
                _assert_unchanged(receipt, page)
                pages.append(page)
                ready.append((receipt, page))
    if ready:
        _flip_rows(ready, now=now)
        _follow(ready, user=user, now=now)
    return pages


def _lies_ready(page: Any, receipt: Receipt) -> bool:
    """Return whether the rows say what was approved: a draft that was written in one go."""
    begins_at = parse_datetime(receipt.revision.content.get("go_live_at") or "")
    return page.go_live_at == begins_at and (
        fingerprint(page.serializable_data()) == receipt.fingerprint
    )


def _assert_unchanged(receipt: Receipt, page: Any) -> None:
    if fingerprint(page.serializable_data()) != receipt.fingerprint:
        raise NotApprovedError(
            _("This version of “%(title)s” has not been approved by a second person.")
            % {"title": page.title}
        )


def _flip_rows(pairs: Sequence[Pair], *, now: datetime) -> None:
    """Make the rows of pages public whose receipts say so already."""
    live = Receipt.objects.filter(page=OuterRef("pk"), state=Receipt.State.LIVE)
    Page.objects.filter(pk__in=[page.pk for _receipt, page in pairs], live=False).update(
        live=True,
        live_revision=Subquery(live.values("revision")[:1]),
        expired=False,
        has_unpublished_changes=~Exists(live.filter(revision=OuterRef("latest_revision"))),
        first_published_at=Coalesce("first_published_at", Value(now)),
        last_published_at=now,
    )
    for receipt, page in pairs:
        page.live, page.live_revision, page.expired = True, receipt.revision, False
        page.has_unpublished_changes = receipt.revision_id != page.latest_revision_id
        page.first_published_at = page.first_published_at or now
        page.last_published_at = now


def _follow(pairs: Sequence[Pair], *, user: Any, now: datetime) -> None:
    """Do what Wagtail's action does besides, for several pages, without indexing them again."""
    Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for _receipt, page in pairs],
    ).update(approved_go_live_at=None)
    with gathered([page for _receipt, page in pairs]):
        for receipt, page in pairs:
            with answering_for(receipt):
                for signal in (page_published, published):
                    signal.send(sender=type(page), instance=page, revision=receipt.revision)
    # Not `log`, whose entries ask the database whether everything they name is there.
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page.page_ptr,
            content_type=page.cached_content_type,
            label=page.get_admin_display_title(),
            action="wagtail.publish",
            timestamp=now,
            user=user,
            revision=receipt.revision,
            content_changed=True,
        )
        for receipt, page in pairs
    )
