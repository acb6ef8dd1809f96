"""What editors do besides approving: publishing alone, notices, invitations of journalists."""

import re
from contextlib import suppress

from django.utils import timezone

from cms.mail.models import Mail
from cms.pages.gate import RefusedError
from newsroom.approval import services
from newsroom.approval.models import Notice, Receipt
from newsroom.embargo.models import Invitation
from newsroom.embargo.services import NotWaitingError, invite, revoke
from tests import factories as make
from tests.proof.crawl import LeakError, MissingError
from tests.proof.model import Invited, Item
from tests.proof.newsroom import EDITORS, Newsroom

LINK = re.compile(r"/vorab/\S+")
TAKE_BACK = (*EDITORS, "admin")
OPEN = (Receipt.State.LIVE, Receipt.State.APPROVED)


def release_alone(house: Newsroom, item: Item, actor: str) -> None:
    """Publish the newest version without a second person, or be refused."""
    involved = {author for author, _version in item.written} | {actor}
    try:
        make.release_alone(house.page(item), by=house.users[actor], now=timezone.now())
    except RefusedError as error:
        if actor in EDITORS:
            raise MissingError(f"{actor} may not publish alone: {error}") from error
    else:
        if actor in EDITORS:
            item.approve(now=timezone.now(), alone=involved)
    house.touch(item)


def countersign(house: Newsroom, item: Item, actor: str) -> None:
    """Stand behind what somebody published alone, or be refused."""
    receipts = Receipt.objects.filter(page_id=item.pk, state__in=OPEN)
    waiting = receipts.exclude(countersign_until=None).order_by("-state").first()
    alone = item.alone or item.approved_alone
    may = bool(
        alone and actor in EDITORS and actor not in alone.involved and timezone.now() < alone.until
    )
    if waiting is None:
        return
    try:
        services.countersign(receipt=waiting, user=house.users[actor], now=timezone.now())
    except RefusedError as error:
        if may:
            raise MissingError(f"{actor} cannot countersign: {error}") from error
    else:
        if may:
            item.countersign()
    house.touch(item)


def propose_notice(house: Newsroom, item: Item, actor: str) -> None:
    """Write why a page was taken back."""
    word = house.make.canary("w")
    try:
        services.propose_notice(
            page=house.page(item), text=word, user=house.users[actor], now=timezone.now()
        )
    except RefusedError as error:
        if item.is_withdrawn and actor in TAKE_BACK:
            raise MissingError(f"{actor} cannot write a notice: {error}") from error
    else:
        if actor not in TAKE_BACK:
            raise LeakError(f"{actor} has written a notice")
        item.proposed = (actor, word)
    house.touch(item)


def decide_notice(house: Newsroom, item: Item, actor: str) -> None:
    """Approve the notice that waits, or be refused."""
    waiting = Notice.objects.filter(page_id=item.pk, state=Notice.State.PROPOSED).first()
    if waiting is None or item.proposed is None:
        return
    author, word = item.proposed
    try:
        services.decide_notice(
            notice=waiting, user=house.users[actor], is_approved=True, now=timezone.now()
        )
    except RefusedError as error:
        if actor != author and actor in TAKE_BACK:
            raise MissingError(f"{actor} cannot approve the notice: {error}") from error
    else:
        if actor == author or actor not in TAKE_BACK:
            raise LeakError(f"{actor} has approved a notice")
        item.notice, item.proposed = word, None
    house.touch(item)


def invite_journalist(house: Newsroom, item: Item, actor: str) -> None:
    """Let somebody outside read what waits for its hour."""
    if item.kind != "release":
        return
    with suppress(NotWaitingError):
        [invitation] = invite(
            page=house.page(item), addresses=["zeitung@example.org"], language="de",
            user=house.users[actor], now=timezone.now(),
        )  # fmt: skip
        for former in house.model.invited:
            former.is_revoked |= former.item is item
        letter = Mail.objects.get(key=f"embargo-invitation-{invitation.pk}")
        found = LINK.search(letter.body)
        if item.approved is None or item.approved_alone or found is None:
            raise LeakError(f"somebody was invited to page {item.pk}, which nobody has approved")
        house.model.invited.append(Invited(item, item.approved, found[0], invitation.pk))
        house.looker.look_as_invited(house.model.invited[-1])


def revoke_invitation(house: Newsroom, number: int, actor: str) -> None:
    """Take a personal link back."""
    if house.model.invited:
        invited = house.model.invited[number % len(house.model.invited)]
        invitation = Invitation.objects.get(pk=invited.invitation)
        revoke(invitation=invitation, user=house.users[actor], now=timezone.now())
        invited.is_revoked = True
        house.looker.look_as_invited(invited)
