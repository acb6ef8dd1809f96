"""What readers find at the address of a page that was taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.gate import RefusedError, gate
from newsroom.approval import audit
from newsroom.approval.models import AuditEntry, Notice
from newsroom.approval.rules import OutdatedError, assert_holds
from newsroom.approval.steps import notice_proposed

Action = AuditEntry.Action
State = Notice.State


@transaction.atomic
def propose_notice(*, page: Any, text: str, user: Any, now: datetime) -> Notice:
    """Write a notice for a page that was taken back; a second person has to approve it.

    A proposal that is still open is replaced. Raises RefusedError when the page is not withdrawn,
    or `user` may not take pages back.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    assert_holds("retract", user=user, page=page)
    if not gate().is_withdrawn(page):
        raise RefusedError(_("Only a page that was taken back has a notice."))
    Notice.objects.filter(page=page, state=State.PROPOSED).update(state=State.SUPERSEDED)
    notice = Notice.objects.create(page=page, text=text, proposed_by=user, proposed_at=now)
    _record(notice, Action.NOTICE_PROPOSED, user=user, now=now)
    notice_proposed.send(sender=Notice, notice=notice)
    return notice


@transaction.atomic
def decide_notice(*, notice: Notice, user: Any, is_approved: bool, now: datetime) -> None:
    """Approve or reject a proposed notice.

    Raises RefusedError for the one who proposed it and for whoever may not take pages back,
    OutdatedError when another notice has replaced it.
    """
    notice = Notice.objects.select_for_update().select_related("page").get(pk=notice.pk)
    assert_holds("retract", user=user, page=notice.page)
    if notice.state == State.SUPERSEDED:
        raise OutdatedError
    if notice.state != State.PROPOSED:
        raise RefusedError(_("This notice has been decided about already."))
    if notice.proposed_by_id == user.pk:
        raise RefusedError(_("You wrote this notice yourself: somebody else decides about it."))
    if is_approved:
        Notice.objects.filter(page_id=notice.page_id, state=State.PUBLISHED).update(
            state=State.SUPERSEDED
        )
    notice.state = State.PUBLISHED if is_approved else State.REJECTED
    notice.decided_by, notice.decided_at = user, now
    notice.save(update_fields=["state", "decided_by", "decided_at"])
    action = Action.NOTICE_PUBLISHED if is_approved else Action.NOTICE_REJECTED
    _record(notice, action, user=user, now=now)


def _record(notice: Notice, action: AuditEntry.Action, *, user: Any, now: datetime) -> None:
    audit.record(action=action, now=now, page_id=notice.page_id, user=user, note=notice.text)
