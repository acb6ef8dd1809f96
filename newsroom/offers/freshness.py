"""How long the facts of an offer count: rules without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

ATTESTED_FOR = timedelta(days=180)
REMINDED_BEFORE = timedelta(days=14)
# An offer nobody stands by any more is marked old, and leaves search and lists after this.
FOUND_FOR = timedelta(days=30)
# What an offer leaves search and lists after, and how long after; the first of these ends it.
ENDS = {"attested_at": ATTESTED_FOR + FOUND_FOR, "ended_at": timedelta(0)}


@dataclass(frozen=True, slots=True)
class Freshness:
    """When somebody stood by an offer last, and since when it is no more (None: it is)."""

    attested_at: datetime
    ended_at: datetime | None = None

    @property
    def attested_until(self) -> datetime:
        """Return until when the provider stands by the offer (exclusive)."""
        return self.attested_at + ATTESTED_FOR

    @property
    def found_until(self) -> datetime:
        """Return when the offer leaves search and lists (exclusive)."""
        moments = {name: getattr(self, name) for name in ENDS}
        return min(at + ENDS[name] for name, at in moments.items() if at is not None)

    def is_old(self, now: datetime) -> bool:
        """Return whether the attestation is over and nobody has renewed it."""
        return self.ended_at is None and self.attested_until <= now


def is_over(now: datetime) -> Q:
    """Return what holds for the rows whose `found_until` has come."""
    return Q(_connector=Q.OR, **{f"{name}__lte": now - after for name, after in ENDS.items()})
