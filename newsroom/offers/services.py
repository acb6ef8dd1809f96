"""State changes of offers beside their text: attested, ended, hinted at."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from newsroom.approval.selectors import waiting_version
from newsroom.offers.letters import announce_hint
from newsroom.offers.models import Attestation, Hint, OfferPage
from search.documents import lock, refresh

# What the provider may correct by the link; anything else goes into the message.
CORRECTABLE = ("summary", "times", "cost", "registration", "contact")


class UsedLinkError(Exception):
    """The link of a mail was used already, or a newer mail has replaced it."""


@transaction.atomic
def attest_publication(*, page: OfferPage, now: datetime) -> None:
    """Let a publication count as attestation; what had ended is there again."""
    Attestation.objects.update_or_create(
        offer_key=page.translation_key,
        defaults={"attested_at": now, "ended_at": None, "nonce": ""},
    )


@transaction.atomic
def ask(*, attestation: Attestation, now: datetime) -> str:
    """Make the one word for a link in a mail to the provider, and return it.

    A link of before stops working.
    """
    attestation.nonce = secrets.token_urlsafe(32)
    attestation.reminded_at = now
    attestation.save(update_fields=["nonce", "reminded_at"])
    return attestation.nonce


@transaction.atomic
def confirm(*, offer_key: str, nonce: str, now: datetime) -> None:
    """Store that the provider stands by the offer. Raises UsedLinkError."""
    row = _use(offer_key, nonce)
    row.attested_at, row.ended_at = now, None
    row.save(update_fields=["attested_at", "ended_at", "nonce"])
    refresh(kind="offer", item=offer_key, now=now)


@transaction.atomic
def end(*, offer_key: str, nonce: str, now: datetime) -> None:
    """Store that there is no such offer any more; search loses it at once. Raises UsedLinkError."""
    row = _use(offer_key, nonce)
    row.ended_at = now
    row.save(update_fields=["ended_at", "nonce"])
    refresh(kind="offer", item=offer_key, now=now)


@transaction.atomic
def propose_change(
    *, page: OfferPage, nonce: str, changes: dict[str, str], message: str, now: datetime
) -> Hint:
    """Write what the provider wants changed into a draft and into the list of hints.

    The draft is nobody's: a person of the house or the newsroom reads and submits it, and another
    one approves it. So a mailbox alone publishes nothing, not even together with one editor. While
    a review is under way, or an approved version waits for its hour, the text stays as it is, and
    the hint says everything: a mailbox undoes no approval either. Raises UsedLinkError.
    """
    page = OfferPage.objects.select_for_update().get(pk=page.pk)
    _use(str(page.translation_key), nonce).save(update_fields=["nonce"])
    draft = page.get_latest_revision_as_object()
    wanted = {
        name: text
        for name, text in changes.items()
        if name in CORRECTABLE and text != getattr(page, name)
    }
    if wanted and page.current_workflow_state is None and waiting_version(page) is None:
        for name, text in wanted.items():
            setattr(draft, name, text)
        draft.save_revision(clean=False)
    fields = {name: OfferPage._meta.get_field(name).verbose_name for name in wanted}
    lines = [f"{fields[name]}: {text}" for name, text in wanted.items()]
    return add_hint(
        page=page,
        source=Hint.Source.PROVIDER,
        text="\n".join(filter(None, [message, *lines])),
        now=now,
    )


@transaction.atomic
def add_hint(
    *,
    page: OfferPage,
    source: Hint.Source,
    text: str,
    now: datetime,
    reply_to: str = "",
    sender: str = "",
) -> Hint:
    """Store a hint and write the mails about it to the provider and the editors."""
    hint = Hint.objects.create(
        page=page, source=source, text=text[:2000], reply_to=reply_to, sender=sender, created_at=now
    )
    announce_hint(hint=hint, now=now)
    return hint


def finish_hint(*, hint: Hint, user: Any, now: datetime) -> None:
    """Store that somebody has dealt with a hint."""
    Hint.objects.filter(Q(done_at=None), pk=hint.pk).update(done_at=now, done_by=user)


def is_open(offer_key: str, nonce: str) -> bool:
    """Return whether the link with that word still works; asking uses nothing up."""
    row = Attestation.objects.filter(offer_key=offer_key).first()
    return row is not None and _fits(row, nonce)


def _fits(row: Attestation, nonce: str) -> bool:
    return bool(nonce) and secrets.compare_digest(row.nonce, nonce)


def _use(offer_key: str, nonce: str) -> Attestation:
    lock([("offer", offer_key)])  # before the attestation, as a publication does
    row = Attestation.objects.select_for_update().filter(offer_key=offer_key).first()
    if row is None or not _fits(row, nonce):
        raise UsedLinkError
    row.nonce = ""
    return row
