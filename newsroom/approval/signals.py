"""What follows when pages become public, change address or vanish, by whatever route."""

from typing import Any

from django.db import connections, transaction
from django.db.models.signals import post_delete, post_migrate
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import (
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    workflow_rejected,
    workflow_submitted,
)

from newsroom.approval import audit
from newsroom.approval.append_only import protect
from newsroom.approval.documents import refresh_all, refresh_documents
from newsroom.approval.models import AuditEntry


def connect() -> None:
    """Connect the handlers. Called once, when Django starts."""
    # `published` is sent after `page_published`, at which rooms note what the documents tell.
    for signal in (published, page_unpublished):
        signal.connect(refresh_search, dispatch_uid="approval.refresh_search")
    page_slug_changed.connect(refresh_search_below, dispatch_uid="approval.refresh_search_below")
    post_page_move.connect(refresh_search_below, dispatch_uid="approval.refresh_search_below")
    post_delete.connect(refresh_search, dispatch_uid="approval.refresh_search_deleted")
    post_migrate.connect(protect_record, dispatch_uid="approval.protect_record")
    workflow_submitted.connect(record_submission, dispatch_uid="approval.record_submission")
    workflow_rejected.connect(record_return, dispatch_uid="approval.record_return")


def refresh_search(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Rebuild the search documents of a page that changed."""
    refresh_documents(instance)


@transaction.atomic  # Wagtail tells of a new slug when the change has been committed
def refresh_search_below(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Rebuild the documents of all pages below one: their addresses may have changed."""
    refresh_all(Page.objects.descendant_of(instance, inclusive=True).specific())


def protect_record(sender: Any, using: str, **kwargs: Any) -> None:
    """Put the triggers of the record in place after a migration."""
    if getattr(sender, "label", "") == AuditEntry._meta.app_label:
        protect(connections[using])


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
