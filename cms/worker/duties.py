"""What the worker does, in the order of urgency."""

from collections.abc import Callable, Sequence
from datetime import datetime

from cms.mail.worker import forget_due, send_due
from newsroom.approval.worker import await_hour, expire_due, lapse_due, prepare_due, publish_due
from newsroom.desk.announcing import announce_due
from newsroom.desk.worker import remind_due
from newsroom.embargo.services import forget as forget_invitations
from newsroom.offers.retention import forget_hints
from newsroom.offers.worker import ask_due
from newsroom.regions.refresh import refresh_changed
from search.indexing import ship
from search.meaning.vectors import encode_due
from search.vocabulary import learn_due

# A duty does what is due at `now` and returns how much it did.
Duty = Callable[..., int]


PATIENCE = 1.0  # seconds of building an index, then rows are shipped again


def ship_due(*, now: datetime) -> int:
    """Bring Elasticsearch up to the table; return how many documents were shipped."""
    return ship(now=now, patience=PATIENCE).shipped


# Lanes run beside each other: nothing is published late because some server does not answer.
PROMPT: Sequence[Duty] = (publish_due, expire_due, lapse_due, prepare_due)
AWAITING: Sequence[Duty] = (await_hour,)  # while one of them says 1, nothing patient begins
SHIPPING: Sequence[Duty] = (ship_due,)
PATIENT: Sequence[Duty] = (
    announce_due,
    remind_due,
    ask_due,
    refresh_changed,
    encode_due,  # found by its words within a second, by its meaning a little later
    learn_due,
    send_due,
    forget_due,
    forget_invitations,
    forget_hints,
)
DUTIES: Sequence[Duty] = (*PROMPT, *SHIPPING, *PATIENT)
