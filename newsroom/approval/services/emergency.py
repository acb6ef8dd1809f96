"""The one exception from four eyes: publishing alone, for a day, with everybody told."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.services import release_hold
from cms.pages.gate import NotApprovedError, RefusedError
from cms.pages.turns import take_turns
from newsroom.approval import rules
from newsroom.approval.documents import refresh_documents
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.services.publishing import freeze, publish, record_step, write_receipt
from newsroom.approval.services.retraction import OPEN, take_down
from newsroom.approval.steps import emergency_lapsed, emergency_released

# After this time without a second person the page goes offline by itself.
COUNTERSIGN_WITHIN = timedelta(hours=24)


@transaction.atomic
def release_alone(*, page: Any, seen: str, user: Any, reason: str, now: datetime) -> Receipt:
    """Publish the newest version of `page` without a second person, and tell all editors.

    `seen` is the fingerprint of the version that `user` has read. It stays public until
    COUNTERSIGN_WITHIN after its hour, longer only when somebody else countersigns. A go-live date
    still counts. Raises NotApprovedError when the operator has not allowed emergency releases,
    `user` is no editor of the page, or there is no reason; NotReadyError when the text misses
    something; OutdatedError when there is a newer version than the one that was read.
    """
    if not settings.EMERGENCY_RELEASE or not rules.may_decide(user=user, page=page):
        raise NotApprovedError(_("Emergency releases are not allowed here."))
    if not reason.strip():
        raise NotApprovedError(_("An emergency release needs a written reason."))
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if fingerprint(page.latest_revision.content) != seen:
        raise rules.OutdatedError
    freeze(page.get_latest_revision_as_object())
    # Read anew: the one before has its pictures as they were until they were frozen.
    version = page.get_latest_revision_as_object()
    rules.assert_complete(version)
    if (review := page.current_workflow_state) is not None:
        review.cancel(user=user)
    due_at = max(now, version.go_live_at or now)
    involved = sorted({*rules.writers(page), user.pk})
    receipt = write_receipt(
        page=page,
        revision=page.latest_revision,
        submitted_by=user,
        approved_by=None,
        now=now,
        countersign_until=due_at + COUNTERSIGN_WITHIN,
    )
    receipt.involved = involved
    receipt.save(update_fields=["involved"])
    record_step(receipt, AuditEntry.Action.EMERGENCY, now=now, user=user, note=reason)
    emergency_released.send(sender=Receipt, receipt=receipt, user=user, reason=reason)
    publish(receipt=receipt, user=user, now=now)
    return receipt


@transaction.atomic
def countersign(*, receipt: Receipt, user: Any, now: datetime) -> None:
    """Stand behind an emergency release as its second person; it then stays public.

    Raises RefusedError for anybody who had a part in the text, who could not have approved it, and
    when it is too late; OutdatedError when the version was released again since `receipt` was read.
    """
    approved_at = receipt.approved_at
    take_turns([receipt.page_id])
    receipt = Receipt.objects.select_for_update().select_related("page").get(pk=receipt.pk)
    open_states = (Receipt.State.LIVE, Receipt.State.APPROVED)
    if receipt.countersign_until is None or receipt.state not in open_states:
        raise RefusedError(_("Nothing waits for a countersignature here."))
    if receipt.approved_at != approved_at:
        raise rules.OutdatedError
    if receipt.countersign_until <= now:
        raise RefusedError(_("It is too late: the page has gone offline."))
    if user.pk in receipt.involved or not rules.may_decide(user=user, page=receipt.page):
        raise RefusedError(_("Only an editor without part in the text can countersign it."))
    receipt.approved_by, receipt.countersign_until = user, None
    receipt.save(update_fields=["approved_by", "countersign_until"])
    record_step(receipt, AuditEntry.Action.COUNTERSIGNED, now=now, user=user)
    refresh_documents(receipt.page.specific)  # they knew an end


@transaction.atomic
def lapse(*, receipt: Receipt, now: datetime) -> bool:
    """Take an emergency release offline that nobody countersigned in time.

    Readers have not seen it since that moment anyway: `selectors.public` keeps the time.
    """
    take_turns([receipt.page_id])
    receipt = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if receipt.countersign_until is None or receipt.countersign_until > now:
        return False
    if receipt.state not in OPEN:
        return False
    was_live = receipt.state == Receipt.State.LIVE
    receipt.state, receipt.withdrawn_at = Receipt.State.WITHDRAWN, now
    receipt.save(update_fields=["state", "withdrawn_at"])
    if was_live:
        take_down(Page.objects.get(pk=receipt.page_id).specific, user=None, is_expired=False)
    else:
        release_hold(page_id=receipt.page_id)
        receipt.page.revisions.update(approved_go_live_at=None)
    record_step(receipt, AuditEntry.Action.LAPSED, now=now, user=None)
    emergency_lapsed.send(sender=Receipt, receipt=receipt)
    return True
