"""What the worker does, in the order of urgency."""

from collections.abc import Callable, Sequence
from datetime import datetime

from cms.mail.worker import forget_due, send_due
from newsroom.approval.worker import expire_due, lapse_due, prepare_due, publish_due
from newsroom.desk.worker import remind_due
from newsroom.embargo.services import forget as forget_invitations
from search.indexing import ship

# A duty does what is due at `now` and returns how much it did.
Duty = Callable[..., int]


def ship_due(*, now: datetime) -> int:
    """Bring Elasticsearch up to the table; return how many documents were shipped."""
    return ship(now=now).shipped


PROMPT: Sequence[Duty] = (publish_due, expire_due, lapse_due, ship_due, prepare_due)
# What may wait for a slow server goes in a lane of its own: nothing is published late for it.
PATIENT: Sequence[Duty] = (remind_due, send_due, forget_due, forget_invitations)
DUTIES: Sequence[Duty] = (*PROMPT, *PATIENT)
