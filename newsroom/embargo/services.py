"""Inviting, revoking, and noting what was opened."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.mail.services import enqueue
from cms.pages.addresses import absolute
from newsroom.approval.audit import record
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.embargo.letters import letter
from newsroom.embargo.models import Invitation, Opening
from newsroom.embargo.presentation import embargo_end
from newsroom.embargo.selectors import standing
from newsroom.embargo.tokens import new_token, token_hash

Action = AuditEntry.Action
KEPT = timedelta(days=180)  # who was invited and what they opened, after the invitation
FORGOTTEN_A_ROUND = 500


class NotWaitingError(Exception):
    """No approved version of the page waits for its hour, so there is nothing to show anybody."""


@transaction.atomic
def invite(
    *, page: Any, addresses: Iterable[str], language: str, user: Any, now: datetime
) -> list[Invitation]:
    """Let `addresses` read the approved version of `page` until it is public.

    Each gets a letter in `language` with a link of its own; it stands in the letter alone, which
    is emptied when it is sent. A former invitation of an address to this page ends. `addresses`
    are valid and in small letters.
    Raises NotWaitingError unless an approved version waits for an hour to come.
    """
    Page.objects.select_for_update().get(pk=page.pk)  # as an approval does: one after the other
    at_present = standing(page.pk, now=now)
    if at_present.receipt is None or not at_present.is_waiting(now=now):
        raise NotWaitingError(_("No approved version of this release waits for its hour."))
    receipt = at_present.receipt
    until = embargo_end(receipt.revision.as_object(), at_present)
    invitations = []
    for address in dict.fromkeys(addresses):
        Invitation.objects.filter(page_id=page.pk, address=address, revoked_at=None).update(
            revoked_at=now, revoked_by=user
        )
        token = new_token()
        invitation = Invitation.objects.create(
            page_id=page.pk,
            receipt=receipt,
            approved_at=receipt.approved_at,
            address=address,
            language=language,
            token_hash=token_hash(token),
            invited_by=user,
            invited_at=now,
        )
        link = absolute(reverse("embargo_page", args=[token]))
        subject, body = letter(link=link, until=until, language=language)
        key = f"embargo-invitation-{invitation.pk}"
        enqueue(key=key, to=address, subject=subject, body=body, now=now, is_confidential=True)
        _record(invitation, Action.INVITED, now=now, user=user)
        invitations.append(invitation)
    return invitations


@transaction.atomic
def revoke(*, invitation: Invitation, user: Any, now: datetime) -> bool:
    """Let a link show nothing from now on. Returns False when it was revoked before."""
    is_revoked = Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=user
    )
    if is_revoked:
        _record(invitation, Action.REVOKED, now=now, user=user)
    return bool(is_revoked)


@transaction.atomic
def note_opening(
    *, invitation: Invitation, subject: str, outcome: Opening.Outcome, now: datetime
) -> None:
    """Store that a link was used, before anything is answered.

    What was shown also goes on the newsroom's record; pictures come with their page.
    """
    Opening.objects.create(invitation=invitation, subject=subject, outcome=outcome, at=now)
    if outcome == Opening.Outcome.SHOWN and not subject.startswith("picture"):
        _record(invitation, Action.OPENED, now=now, what=subject)


def forget(*, now: datetime) -> int:
    """Delete old invitations with their openings; return how many.

    What somebody read is nobody's affair for ever. An invitation is kept as long as its release
    waits, and KEPT at least.
    """
    old = Invitation.objects.filter(invited_at__lte=now - KEPT).exclude(
        receipt__state=Receipt.State.APPROVED
    )
    ids = list(old.order_by("invited_at").values_list("pk", flat=True)[:FORGOTTEN_A_ROUND])
    if ids:
        Invitation.objects.filter(pk__in=ids).delete()
    return len(ids)


def _record(
    invitation: Invitation,
    action: AuditEntry.Action,
    *,
    now: datetime,
    user: Any = None,
    what: str = "",
) -> None:
    """Append to the newsroom's record, which is kept for ever: a number, no address."""
    record(
        action=action,
        now=now,
        page_id=invitation.page_id,
        user=user,
        revision_id=invitation.receipt.revision_id,
        fingerprint=invitation.receipt.fingerprint,
        note=" ".join(filter(None, (f"invitation {invitation.pk}", what))),
    )
