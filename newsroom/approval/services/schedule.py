"""Moving the hour of an approved version: later without a new approval, earlier never."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.turns import take_turns
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.rules import assert_holds
from newsroom.approval.services.publishing import record_step


class ScheduleError(ValueError):
    """The new hour is not possible; the message says why and what to do."""


@transaction.atomic
def postpone(*, page: Any, due_at: datetime, user: Any, now: datetime) -> list[int]:
    """Publish the approved version of `page` later, and no translation of it before.

    Returns the ids of the pages that were moved. Raises ScheduleError when nothing waits, when
    `due_at` (UTC) is not later than the present hour, and when the page would end before it;
    RefusedError when `user` may not move the hours of this page. None is the system.
    """
    if user is not None:
        assert_holds("schedule", user=user, page=page)
    versions = Page.objects.filter(translation_key=page.translation_key)
    take_turns(versions.values_list("pk", flat=True))
    receipt = _waiting(page.pk)
    if receipt is None:
        raise ScheduleError(_("No approved version of this page waits for its hour."))
    if due_at <= max(receipt.due_at, now):
        raise ScheduleError(
            _("Choose a later time. To publish earlier, change the text and have it approved.")
        )
    moved = []
    translations = Receipt.objects.filter(
        source_id=page.pk, state=Receipt.State.APPROVED, due_at__lt=due_at
    )
    for each in (receipt, *translations.select_for_update().select_related("revision")):
        _move(each, due_at=due_at, user=user, now=now)
        moved.append(each.page_id)
    return moved


def _waiting(page_id: int) -> Receipt | None:
    waiting = Receipt.objects.select_for_update().filter(
        page_id=page_id, state=Receipt.State.APPROVED
    )
    return waiting.select_related("revision").first()


def _move(receipt: Receipt, *, due_at: datetime, user: Any, now: datetime) -> None:
    revision = receipt.revision
    ends_at = revision.as_object().expire_at
    if ends_at is not None and ends_at <= due_at:
        raise ScheduleError(_("The page would end before it begins. Choose an earlier time."))
    note = f"{receipt.due_at:%Y-%m-%dT%H:%M:%SZ} -> {due_at:%Y-%m-%dT%H:%M:%SZ}"
    # The date is no part of the fingerprint: a later hour shows nobody anything new.
    revision.content = {**revision.content, "go_live_at": DjangoJSONEncoder().default(due_at)}
    revision.approved_go_live_at = due_at
    revision.save(update_fields=["content", "approved_go_live_at"])
    Page.objects.filter(pk=receipt.page_id, live=False).update(go_live_at=due_at)
    if receipt.countersign_until is not None:  # a day from its hour, whenever that is
        receipt.countersign_until += due_at - receipt.due_at
    receipt.due_at, receipt.checked_at, receipt.ready_at = due_at, None, None
    receipt.attempts, receipt.next_attempt_at = 0, None
    receipt.save(
        update_fields=[
            *("due_at", "checked_at", "ready_at", "attempts", "next_attempt_at"),
            "countersign_until",
        ]
    )
    record_step(receipt, AuditEntry.Action.POSTPONED, now=now, user=user, note=note)
