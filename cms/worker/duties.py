"""What the worker does, in the order of urgency."""

from collections.abc import Callable, Sequence
from datetime import datetime

from newsroom.approval.worker import check_due, expire_due, lapse_due, publish_due
from search.indexing import ship

# A duty does what is due at `now` and returns how much it did.
Duty = Callable[..., int]


def ship_due(*, now: datetime) -> int:
    """Bring Elasticsearch up to the table; return how many documents were shipped."""
    return ship(now=now).shipped


DUTIES: Sequence[Duty] = (publish_due, expire_due, lapse_due, ship_due, check_due)
