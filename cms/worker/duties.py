"""What the worker does, in the order of urgency."""

from collections.abc import Callable, Sequence
from datetime import datetime

from newsroom.approval.worker import expire_due, publish_due
from search.indexing import ship

# A duty does what is due at `now` and returns how much it did.
Duty = Callable[..., int]


PATIENCE = 1.0  # seconds of building an index, then rows are shipped again


def ship_due(*, now: datetime) -> int:
    """Bring Elasticsearch up to the table; return how many documents were shipped."""
    return ship(now=now, patience=PATIENCE).shipped


DUTIES: Sequence[Duty] = (publish_due, expire_due, ship_due)
# These wait for other servers, so they run in a thread apart: nothing is published late because
# somebody does not answer.
APART: frozenset[Duty] = frozenset({ship_due})
