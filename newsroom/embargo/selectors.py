"""Reads of invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import Receipt
from newsroom.approval.selectors import is_public
from newsroom.embargo.models import PAGE, Invitation, Opening
from newsroom.embargo.rules import Standing, State, state_of
from newsroom.embargo.tokens import is_ours, token_hash


@dataclass(frozen=True, slots=True)
class Entry:
    """An invitation as the editors see it, with how often page and files were shown by it.

    `last_at` is None while the link was never opened. `is_latest` is False for what a later
    invitation of the same address has replaced.
    """

    invitation: Invitation
    state: State
    openings: int
    files: int
    last_at: datetime | None
    is_latest: bool


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation a link belongs to, revoked ones included; None for any other text."""
    if not is_ours(token):
        return None
    return (
        Invitation.objects.select_related("page", "receipt__revision")
        .filter(token_hash=token_hash(token))
        .first()
    )


def standing(page_id: int, *, now: datetime) -> Standing:
    """Return where a release stands at `now`."""
    receipt = (
        Receipt.objects.filter(page_id=page_id)
        .select_related("revision", "page", "source")
        .order_by("-approved_at", "-pk")
        .first()
    )
    if receipt is None:
        return Standing(receipt=None, is_public=False, goes_live_at=None, is_unchanged=False)
    return Standing(
        receipt=receipt,
        is_public=is_public(receipt.page, now=now),
        goes_live_at=goes_live_at(receipt, now=now),
        is_unchanged=fingerprint(receipt.revision.content) == receipt.fingerprint,
    )


def goes_live_at(receipt: Receipt, *, now: datetime) -> datetime | None:
    """Return when an approved version becomes public (UTC), None when nobody knows yet.

    Its own hour, or a later one of what it waits for: a translation for the page it translates,
    every page for its parent. Unknown while one of these is neither public nor approved.
    """
    moments = [receipt.due_at]
    for ground in (receipt.source, receipt.page.get_parent()):
        if ground is None or ground.is_root() or is_public(ground, now=now):
            continue
        waiting = Receipt.objects.filter(page_id=ground.pk, state=Receipt.State.APPROVED)
        its_receipt = waiting.select_related("page", "source").first()
        moment = goes_live_at(its_receipt, now=now) if its_receipt else None
        if moment is None:
            return None
        moments.append(moment)
    return max(moments)


def entries(page: Any, *, now: datetime) -> list[Entry]:
    """Return the invitations to a release, the newest first, with how often they were used."""
    at_present = standing(page.pk, now=now)
    shown = Q(openings__outcome=Opening.Outcome.SHOWN)
    is_page = Q(openings__subject=PAGE)
    invitations: Any = (
        Invitation.objects.filter(page_id=page.pk)
        .select_related("invited_by")
        .annotate(
            pages_shown=Count("openings", filter=shown & is_page),
            files_shown=Count("openings", filter=shown & ~is_page),
            last_at=Max("openings__at", filter=shown),
        )
    )
    found = list(invitations)
    latest = {invitation.address: invitation.pk for invitation in reversed(found)}
    return [
        Entry(
            invitation=invitation,
            state=state_of(invitation, at_present, now=now),
            openings=invitation.pages_shown,
            files=invitation.files_shown,
            last_at=invitation.last_at,
            is_latest=latest[invitation.address] == invitation.pk,
        )
        for invitation in found
    ]
