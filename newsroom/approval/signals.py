"""What follows when pages become public, change address or vanish, by whatever route."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    workflow_rejected,
    workflow_submitted,
)

from newsroom.approval import audit
from newsroom.approval.models import AuditEntry
from search.documents import refresh


def connect() -> None:
    """Connect the handlers. Called once, when Django starts."""
    for signal in (page_published, page_unpublished):
        signal.connect(refresh_search, dispatch_uid="approval.refresh_search")
    page_slug_changed.connect(refresh_search_below, dispatch_uid="approval.refresh_search_below")
    post_page_move.connect(refresh_search_below, dispatch_uid="approval.refresh_search_below")
    post_delete.connect(refresh_search, dispatch_uid="approval.refresh_search_deleted")
    workflow_submitted.connect(record_submission, dispatch_uid="approval.record_submission")
    workflow_rejected.connect(record_return, dispatch_uid="approval.record_return")


def refresh_search(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Rebuild the search document of the page's item, in the transaction that changed it.

    What stands below an item names it and goes with it (a member's offers), so it follows.
    """
    if not getattr(instance, "search_kind", None):
        return
    below = [] if instance.is_leaf() else Page.objects.descendant_of(instance).specific()
    _refresh([instance, *below])


def refresh_search_below(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Rebuild the documents of all pages below one: their addresses may have changed."""
    _refresh(Page.objects.descendant_of(instance, inclusive=True).specific())


def _refresh(pages: Iterable[Any]) -> None:
    kinds = ((getattr(page, "search_kind", None), str(page.translation_key)) for page in pages)
    # In order: two transactions that lock the same items do not wait for each other in a ring.
    for kind, item in sorted({(kind, item) for kind, item in kinds if kind}):
        refresh(kind=kind, item=item, now=timezone.now())


def record_submission(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Append to the record that a page was submitted."""
    _record(AuditEntry.Action.SUBMITTED, instance, user)


def record_return(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Append to the record that a page was returned."""
    _record(AuditEntry.Action.RETURNED, instance, user)


def _record(action: AuditEntry.Action, workflow_state: Any, user: Any) -> None:
    audit.record(
        action=action,
        now=timezone.now(),
        page_id=int(workflow_state.object_id),
        user=user,
        revision_id=getattr(workflow_state.current_task_state, "revision_id", None),
    )
