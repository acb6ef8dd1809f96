"""The way back from the public site: taken offline by a person, or because the time is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from cms.media.services import forget_shown, release_hold
from cms.pages.gate import NotApprovedError
from cms.pages.turns import take_turns
from newsroom.approval import audit, rules
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.services.publishing import source_of

Action = AuditEntry.Action
State = Receipt.State
# Of what is public or may become so.
OPEN = (State.LIVE, State.APPROVED, State.PARKED)


@transaction.atomic
def retract(*, page: Any, user: Any, reason: str, now: datetime) -> list[int]:
    """Take a page, what lies below it and its translations offline at once.

    Returns the ids of the pages that were public. Approved versions that wait for their hour are
    withdrawn too, and reviews under way are ended. A translation alone can be taken back; its
    source stays. Raises NotApprovedError for a structural page, RefusedError when `user` may not
    take this one back. None is the system.
    """
    if user is not None:
        rules.assert_holds("retract", user=user, page=page)
    if not getattr(page.specific, "is_retractable", True):
        raise NotApprovedError(_("This page carries others: it cannot be taken offline."))
    taken = []
    for one in _locked(_going_with(page)):
        waiting = Receipt.objects.filter(page_id=one.pk, state__in=OPEN)
        was_live = one.live
        if (review := one.current_workflow_state) is not None:
            review.cancel(user=user)
        if not waiting.update(state=State.WITHDRAWN, withdrawn_at=now) and not was_live:
            continue
        release_hold(page_id=one.pk)
        take_down(one, user=user, is_expired=False)
        audit.record(action=Action.RETRACTED, now=now, page_id=one.pk, user=user, note=reason)
        if was_live:
            taken.append(one.pk)
    return taken


@transaction.atomic
def expire(*, page: Any, now: datetime) -> bool:
    """Store that a page's time is over; return whether it is.

    Readers have not seen it since that moment anyway.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live or page.expire_at is None or page.expire_at > now:
        return False
    Receipt.objects.filter(page_id=page.pk, state=State.LIVE).update(state=State.SUPERSEDED)
    take_down(page, user=None, is_expired=True)
    audit.record(action=Action.EXPIRED, now=now, page_id=page.pk)
    return True


def take_down(page: Any, *, user: Any, is_expired: bool) -> None:
    """Take one page off the site, with its pictures and search document.

    An approved version that waits for its hour keeps what was frozen for it.
    """
    forget_shown(page_id=page.pk)
    UnpublishPageAction(page, set_expired=is_expired, user=user).execute(
        skip_permission_checks=True
    )


def _going_with(page: Any) -> list[int]:
    """Return the ids of a page, its translations and all that lies below them, the source last."""
    translations = Page.objects.filter(translation_key=page.translation_key).order_by("-pk")
    tops = [page] if source_of(page) is not None else translations
    return [
        pk
        for top in tops
        for pk in Page.objects.descendant_of(top, inclusive=True).values_list("pk", flat=True)
    ]


def _locked(ids: Sequence[int]) -> list[Any]:
    """Return the pages as they stand once nobody else changes what of them is public.

    What was committed while this waited is seen.
    """
    take_turns(ids)
    found = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
    return [found[pk] for pk in ids if pk in found]
