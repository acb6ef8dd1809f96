"""The way onto the public site: receipts, and what becomes of them."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.services import hold, release_hold
from cms.pages.gate import NotApprovedError
from newsroom.approval import audit, rules
from newsroom.approval.fingerprint import (
    changed_references,
    digests,
    field_digests,
    fingerprint,
)
from newsroom.approval.models import CHANGE_FIELDS, AuditEntry, FourEyesTaskState, Receipt
from newsroom.approval.selectors import is_public
from newsroom.approval.services.together import publish_together
from newsroom.approval.steps import publication_parked

logger = logging.getLogger(__name__)
Action = AuditEntry.Action
State = Receipt.State


@transaction.atomic
def approve(*, workflow_state: Any, approved_by: Any, now: datetime) -> Receipt:
    """Write the receipt for what a workflow has approved, and publish it when it is due.

    Whatever way the workflow came to its end: without a four-eyes approval of exactly the newest
    revision by `approved_by`, who had no part in it, NotApprovedError is raised. An older receipt
    that has not been published yet is replaced.
    """
    page = Page.objects.select_for_update().get(pk=workflow_state.object_id).specific
    revision = page.latest_revision
    version = revision.as_object()
    freeze(version)
    _assert_four_eyes(workflow_state, page, version, approved_by)
    receipt = write_receipt(
        page=page,
        revision=revision,
        submitted_by=workflow_state.requested_by,
        approved_by=approved_by,
        now=now,
        version=version,
    )
    record_step(receipt, Action.APPROVED, now=now, user=approved_by)
    publish(receipt=receipt, user=approved_by, now=now)
    return receipt


def freeze(version: Any) -> None:
    """Let nobody exchange what a version shows, until it is public or withdrawn."""
    hold(page_id=version.pk, image_ids=version.pictures_shown(), file_ids=version.files_shown())


def write_receipt(
    *,
    page: Any,
    revision: Any,
    submitted_by: Any,
    approved_by: Any,
    now: datetime,
    countersign_until: datetime | None = None,
    version: Any = None,
) -> Receipt:
    """Write the receipt of a revision, in the caller's transaction; asks nobody whether it may be.

    What the version shows is frozen by then. `version` is the page as the revision has it, for who
    has read it already. An older receipt that has not been published is replaced, and so is one of
    the same revision: it is approved again after it was taken back.
    """
    version = version or revision.as_object()
    Receipt.objects.filter(page_id=page.pk, state__in=(State.APPROVED, State.PARKED)).update(
        state=State.SUPERSEDED
    )
    receipt, _created = Receipt.objects.update_or_create(
        revision=revision,
        defaults={
            **_blank_receipt(page, revision, version, now),
            "submitted_by": submitted_by,
            "approved_by": approved_by,
            "due_at": max(now, version.go_live_at or now),
            "countersign_until": countersign_until,
            "is_emergency": countersign_until is not None,
        },
    )
    if receipt.due_at > now:
        # Wagtail's admin shows the page as scheduled and locks it; the worker keeps the time.
        revision.approved_go_live_at = receipt.due_at
        revision.save(update_fields=["approved_go_live_at"])
    return receipt


@transaction.atomic
def publish(*, receipt: Receipt, now: datetime, user: Any = None) -> bool:
    """Make an approved version public, with its search document, pictures and record.

    Returns False, and changes nothing, while the hour has not come, the source language or the
    parent page is not public, or somebody else was faster. Raises NotApprovedError when the stored
    text is not the approved one. Translations that waited for this page follow by the worker.
    """
    receipt = Receipt.objects.get(pk=receipt.pk)
    if not _ground_is_public(receipt, now):
        return False
    published, failed = publish_together(receipts=[receipt], now=now, user=user)
    for each in failed:
        raise each.error
    return bool(published)


def check(*, receipt: Receipt, now: datetime) -> None:
    """Compare what an approved version shows besides its text with what was approved.

    It reads files, so the worker does it in the minute before the hour, outside the transaction
    that publishes. Raises NotApprovedError naming what is another one now.
    """
    shown = digests(receipt.revision.as_object())
    if changed := changed_references(receipt.references, shown):
        raise NotApprovedError(
            _("Changed after the approval of “%(title)s”: %(what)s.")
            % {"title": receipt.page.title, "what": ", ".join(changed)}
        )
    Receipt.objects.filter(pk=receipt.pk).update(checked_at=now)


@transaction.atomic
def drop_approval(*, page: Any, user: Any, now: datetime, keep: Any = None) -> bool:
    """Withdraw the approval of a version that waits for its hour; return whether there was one.

    Called when somebody goes on writing: what was approved is then not what they want any more.
    `keep` is a revision whose approval stands, because it has exactly the approved bytes.
    """
    dropped = False
    for receipt in Receipt.objects.select_for_update().filter(
        page_id=page.pk, state__in=(State.APPROVED, State.PARKED)
    ):
        if (
            keep is not None
            and receipt.revision_id == keep.pk
            and receipt.fingerprint == fingerprint(keep.content)
        ):
            continue
        receipt.state = State.SUPERSEDED
        receipt.save(update_fields=["state"])
        release_hold(page_id=page.pk)
        page.revisions.update(approved_go_live_at=None)
        record_step(receipt, Action.DROPPED, now=now, user=user)
        dropped = True
    return dropped


@transaction.atomic
def install(*, page: Any, now: datetime) -> None:
    """Publish a structural page whose text comes from the code, not from a person.

    Only the setup calls this, for pages it has just created; changes pass four eyes like all
    others. Raises NotApprovedError for a page that was public before.
    """
    if Receipt.objects.filter(page_id=page.pk).exists():
        raise NotApprovedError(f"Page {page.pk} is not new: its changes need an approval.")
    revision = page.save_revision(log_action=False)
    receipt = Receipt.objects.create(revision=revision, **_blank_receipt(page, revision, page, now))
    record_step(receipt, Action.INSTALLED, now=now, user=None)
    publish(receipt=receipt, now=now)


def source_of(page: Any) -> Any:
    """Return the page that `page` is a translation of, None for an original.

    The oldest page of a group of translations is its original.
    """
    first = Page.objects.filter(translation_key=page.translation_key).order_by("pk").first()
    return None if first is None or first.pk == page.pk else first


def note_failure(
    *, receipt: Receipt, error: Exception, retry_at: datetime, state: str = State.APPROVED
) -> None:
    """Remember that publishing failed and when to try again; with another `state` the way back.

    Nothing is remembered of a receipt that is in another state by now.
    """
    Receipt.objects.filter(pk=receipt.pk, state=state).update(
        attempts=F("attempts") + 1,
        next_attempt_at=retry_at,
        error=f"{type(error).__name__}: {error}",
    )


@transaction.atomic
def park(*, receipt: Receipt, error: Exception, now: datetime) -> None:
    """Stop trying to publish, keeping the error for the people who can mend it."""
    note = f"{type(error).__name__}: {error}"
    if Receipt.objects.filter(pk=receipt.pk, state=State.APPROVED).update(
        state=State.PARKED, error=note
    ):
        record_step(receipt, Action.PARKED, now=now, user=None, note=note)
        logger.error("publication parked", extra={"page": receipt.page_id, "error": note})
        publication_parked.send(sender=Receipt, receipt=receipt)


@transaction.atomic
def retry(*, receipt: Receipt, user: Any, now: datetime) -> bool:
    """Let the worker try a parked publication again; return whether it was parked.

    Raises RefusedError when `user` may not move the hours of its page.
    """
    rules.assert_holds("schedule", user=user, page=receipt.page)
    is_parked = Receipt.objects.filter(pk=receipt.pk, state=State.PARKED).update(
        state=State.APPROVED, attempts=0, next_attempt_at=None, checked_at=None
    )
    if is_parked:
        record_step(receipt, Action.RETRIED, now=now, user=user)
    return bool(is_parked)


def record_step(
    receipt: Receipt, action: Action, *, now: datetime, user: Any, note: str = ""
) -> None:
    """Append to the record what happened to an approved version."""
    audit.record(
        action=action,
        now=now,
        page_id=receipt.page_id,
        user=user,
        revision_id=receipt.revision_id,
        fingerprint=receipt.fingerprint,
        note=note,
    )


def _blank_receipt(page: Any, revision: Any, version: Any, now: datetime) -> dict[str, Any]:
    return {
        "page_id": page.pk,
        "source": source_of(page),
        "parent_id": page.get_parent().pk,
        "fingerprint": fingerprint(revision.content),
        "fields": field_digests(revision.content),
        "references": digests(version),
        "checked_at": now,
        "ready_at": None,
        "state": State.APPROVED,
        "approved_at": now,
        "due_at": now,
        "published_at": None,
        "withdrawn_at": None,
        "attempts": 0,
        "next_attempt_at": None,
        "error": "",
        **{name: getattr(version, name, "") for name in CHANGE_FIELDS},
    }


def _assert_four_eyes(workflow_state: Any, page: Any, version: Any, approved_by: Any) -> None:
    """Raise NotApprovedError unless every step this version needs was approved, unchanged.

    The steps are those of the workflow that the version asks for now: another issuing member may
    want another step than the one under which the review began.
    """
    states = FourEyesTaskState.objects.filter(
        workflow_state=workflow_state,
        revision=page.latest_revision_id,
        status=FourEyesTaskState.STATUS_APPROVED,
    )
    unchanged = [state for state in states if rules.is_unchanged(state)]
    deciders = [state.finished_by_id for state in unchanged]
    needed = {task.pk for task in version.get_workflow().tasks}
    involved = {*rules.writers(page), workflow_state.requested_by_id}
    if (
        approved_by is None
        or approved_by.pk not in deciders
        or len(set(deciders)) != len(deciders)
        or involved.intersection(deciders)
        or not needed
        or not needed.issubset(state.task_id for state in unchanged)
    ):
        raise NotApprovedError(
            _("This version of “%(title)s” has not been approved by a second person.")
            % {"title": page.title}
        )


def _ground_is_public(receipt: Receipt, now: datetime) -> bool:
    if receipt.source is not None and not is_public(receipt.source, now=now):
        return False
    parent = receipt.page.get_parent()
    return parent.is_root() or is_public(parent, now=now)
