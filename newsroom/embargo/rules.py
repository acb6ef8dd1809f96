"""What a personal link shows at a moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from newsroom.approval.models import Receipt
from newsroom.embargo.models import Invitation


class State(TextChoices):
    """What an invitation is good for."""

    OPEN = "open", _("may read")
    PUBLIC = "public", _("leads to the public page")
    CHANGED = "changed", _("was for another version")
    WITHDRAWN = "withdrawn", _("release taken back")
    ENDED = "ended", _("ended")
    REVOKED = "revoked", _("revoked")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a release stands at a moment.

    `receipt` is the newest one, None without any. `goes_live_at` (UTC) is when the release becomes
    public; None when nobody knows, because what it waits for is not approved. `is_unchanged` says
    that the stored text still is the approved one.
    """

    receipt: Receipt | None
    is_public: bool
    goes_live_at: datetime | None
    is_unchanged: bool

    def is_waiting(self, *, now: datetime) -> bool:
        """Return whether an approved text waits for an hour that is known and still to come."""
        return (
            not self.is_public
            and self.receipt is not None
            and self.receipt.state == Receipt.State.APPROVED
            and self.receipt.countersign_until is None  # one person alone is no approval
            and self.is_unchanged
            and self.goes_live_at is not None
            and self.goes_live_at > now
        )


def state_of(invitation: Invitation, standing: Standing, *, now: datetime) -> State:
    """Return what the link of `invitation` is good for at `now` (UTC).

    Only OPEN shows the text. A revoked link stays revoked whatever happens to the release; any
    other leads to the public page as long as there is one.
    """
    receipt = standing.receipt
    if invitation.revoked_at is not None or receipt is None:
        return State.REVOKED
    if standing.is_public:
        return State.PUBLIC
    if receipt.state == Receipt.State.WITHDRAWN:
        return State.WITHDRAWN
    if standing.goes_live_at is not None and standing.goes_live_at <= now:
        return State.ENDED
    is_same_approval = (receipt.pk, receipt.approved_at) == (
        invitation.receipt_id,
        invitation.approved_at,
    )
    return State.OPEN if is_same_approval and standing.is_waiting(now=now) else State.CHANGED
