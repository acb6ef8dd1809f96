"""Every way in and out of the public site. Nothing else changes what is public."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from cms.media.services import forget_uses, hold, record_uses
from cms.pages.gate import NotApprovedError
from newsroom.approval import audit, rules
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import AuditEntry, FourEyesTaskState, Receipt
from newsroom.approval.selectors import is_public

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
    _assert_four_eyes(workflow_state, page, revision, approved_by)
    version = revision.as_object()
    Receipt.objects.filter(page_id=page.pk, state__in=(State.APPROVED, State.PARKED)).update(
        state=State.SUPERSEDED
    )
    # The same revision is approved again after it was taken back.
    receipt, _created = Receipt.objects.update_or_create(
        revision=revision,
        defaults={
            **_blank_receipt(page, revision, now),
            "submitted_by": workflow_state.requested_by,
            "approved_by": approved_by,
            "due_at": max(now, version.go_live_at or now),
        },
    )
    hold(page_id=page.pk, image_ids=version.pictures_shown())
    _audit(receipt, Action.APPROVED, now=now, user=approved_by)
    if receipt.due_at > now:
        # Wagtail's admin shows the page as scheduled and locks it; the worker keeps the time.
        revision.approved_go_live_at = receipt.due_at
        revision.save(update_fields=["approved_go_live_at"])
    publish(receipt=receipt, user=approved_by, now=now)
    return receipt


@transaction.atomic
def publish(*, receipt: Receipt, now: datetime, user: Any = None) -> bool:
    """Make an approved version public, with its search document, pictures and record.

    Returns False, and changes nothing, while the hour has not come, the source language or the
    parent page is not public, or somebody else was faster. Raises NotApprovedError when the stored
    text is not the approved one. Translations that waited for this page follow by the worker.
    """
    receipt = Receipt.objects.select_for_update().select_related("revision").get(pk=receipt.pk)
    if (
        receipt.state != State.APPROVED
        or receipt.due_at > now
        or not _ground_is_public(receipt, now)
    ):
        return False
    if fingerprint(receipt.revision.content) != receipt.fingerprint:
        raise NotApprovedError(f"Revision {receipt.revision_id} was changed after its approval.")
    if receipt.page.get_parent().pk != receipt.parent_id:
        raise NotApprovedError(f"Page {receipt.page_id} was moved after its approval.")
    Receipt.objects.filter(page_id=receipt.page_id, state=State.LIVE).update(state=State.SUPERSEDED)
    receipt.state, receipt.published_at, receipt.error = State.LIVE, now, ""
    receipt.save(update_fields=["state", "published_at", "error"])
    PublishPageRevisionAction(receipt.revision, user=user).execute(skip_permission_checks=True)
    page = receipt.revision.as_object()
    record_uses(page_id=receipt.page_id, image_ids=page.pictures_shown())
    _audit(receipt, Action.PUBLISHED, now=now, user=user)
    return True


@transaction.atomic
def retract(*, page: Any, user: Any, reason: str, now: datetime) -> list[int]:
    """Take a page, what lies below it and its translations offline at once.

    Returns the ids of the pages that were public. Approved versions that wait for their hour are
    withdrawn too, and reviews under way are ended. A translation alone can be taken back; its
    source stays. Raises NotApprovedError for a structural page.
    """
    if not getattr(page.specific, "is_retractable", True):
        raise NotApprovedError(_("This page carries others: it cannot be taken offline."))
    taken = []
    for each in _with_translations(page):
        for one in Page.objects.descendant_of(each, inclusive=True).specific():
            waiting = Receipt.objects.filter(page_id=one.pk, state__in=(State.LIVE, State.APPROVED))
            was_live = one.live
            if (review := one.current_workflow_state) is not None:
                review.cancel(user=user)
            if not waiting.update(state=State.WITHDRAWN, withdrawn_at=now) and not was_live:
                continue
            _take_down(one, user=user, is_expired=False)
            audit.record(action=Action.RETRACTED, now=now, page_id=one.pk, user=user, note=reason)
            if was_live:
                taken.append(one.pk)
    return taken


@transaction.atomic
def expire(*, page: Any, now: datetime) -> None:
    """Store that a page's time is over. Readers have not seen it since that moment anyway."""
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live or page.expire_at is None or page.expire_at > now:
        return
    Receipt.objects.filter(page_id=page.pk, state=State.LIVE).update(state=State.SUPERSEDED)
    _take_down(page, user=None, is_expired=True)
    audit.record(action=Action.EXPIRED, now=now, page_id=page.pk)


@transaction.atomic
def install(*, page: Any, now: datetime) -> None:
    """Publish a structural page whose text comes from the code, not from a person.

    Only the setup calls this, for pages it has just created; changes pass four eyes like all
    others. Raises NotApprovedError for a page that was public before.
    """
    if Receipt.objects.filter(page_id=page.pk).exists():
        raise NotApprovedError(f"Page {page.pk} is not new: its changes need an approval.")
    revision = page.save_revision(log_action=False)
    receipt = Receipt.objects.create(revision=revision, **_blank_receipt(page, revision, now))
    _audit(receipt, Action.INSTALLED, now=now, user=None)
    publish(receipt=receipt, now=now)


def source_of(page: Any) -> Any:
    """Return the page that `page` is a translation of, None for an original.

    The oldest page of a group of translations is its original.
    """
    first = Page.objects.filter(translation_key=page.translation_key).order_by("pk").first()
    return None if first is None or first.pk == page.pk else first


def note_failure(*, receipt: Receipt, error: Exception, retry_at: datetime) -> None:
    """Remember that publishing failed and when to try again."""
    Receipt.objects.filter(pk=receipt.pk, state=State.APPROVED).update(
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
        _audit(receipt, Action.PARKED, now=now, user=None, note=note)
        logger.error("publication parked", extra={"page": receipt.page_id, "error": note})


def _blank_receipt(page: Any, revision: Any, now: datetime) -> dict[str, Any]:
    return {
        "page_id": page.pk,
        "source": source_of(page),
        "parent_id": page.get_parent().pk,
        "fingerprint": fingerprint(revision.content),
        "state": State.APPROVED,
        "approved_at": now,
        "due_at": now,
        "published_at": None,
        "withdrawn_at": None,
        "attempts": 0,
        "next_attempt_at": None,
        "error": "",
    }


def _assert_four_eyes(workflow_state: Any, page: Any, revision: Any, approved_by: Any) -> None:
    """Raise NotApprovedError unless a four-eyes step approved this revision, unchanged."""
    states = FourEyesTaskState.objects.filter(
        workflow_state=workflow_state, revision=revision, status=FourEyesTaskState.STATUS_APPROVED
    )
    deciders = {state.finished_by_id for state in states if rules.is_unchanged(state)}
    involved = {*rules.writers(page), workflow_state.requested_by_id}
    if approved_by is None or approved_by.pk not in deciders or deciders & involved:
        raise NotApprovedError(
            _("This version of “%(title)s” has not been approved by a second person.")
            % {"title": page.title}
        )


def _ground_is_public(receipt: Receipt, now: datetime) -> bool:
    if receipt.source is not None and not is_public(receipt.source, now=now):
        return False
    parent = receipt.page.get_parent()
    return parent.is_root() or is_public(parent, now=now)


def _with_translations(page: Any) -> list[Any]:
    if source_of(page) is not None:
        return [page]
    return list(Page.objects.filter(translation_key=page.translation_key).order_by("-pk"))


def _take_down(page: Any, *, user: Any, is_expired: bool) -> None:
    forget_uses(page_id=page.pk)
    UnpublishPageAction(page, set_expired=is_expired, user=user).execute(
        skip_permission_checks=True
    )


def _audit(receipt: Receipt, action: Action, *, now: datetime, user: Any, note: str = "") -> None:
    audit.record(
        action=action,
        now=now,
        page_id=receipt.page_id,
        user=user,
        revision_id=receipt.revision_id,
        fingerprint=receipt.fingerprint,
        note=note,
    )
