"""How long the facts of an offer count: rules without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

ATTESTED_FOR = timedelta(days=180)
REMINDED_BEFORE = timedelta(days=14)
# An offer nobody stands by any more is marked old, and leaves search and lists after this.
FOUND_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Freshness:
    """Until when the provider stands by an offer, and since when it is no more (None: it is)."""

    attested_until: datetime
    ended_at: datetime | None = None

    @property
    def found_until(self) -> datetime:
        """Return when the offer leaves search and lists (exclusive)."""
        return self.ended_at or self.attested_until + FOUND_FOR

    def is_old(self, now: datetime) -> bool:
        """Return whether the attestation is over and nobody has renewed it."""
        return self.ended_at is None and self.attested_until <= now


def freshness(
    *, published_at: datetime, attested_at: datetime | None, ended_at: datetime | None
) -> Freshness:
    """Return how fresh an offer is.

    `published_at` is the last publication of the source version: somebody has just written it and
    somebody else has read it, so it counts as an attestation, and it revives what had ended.
    """
    if ended_at is not None and ended_at < published_at:
        ended_at = None
    newest = max(published_at, attested_at or published_at)
    return Freshness(attested_until=newest + ATTESTED_FOR, ended_at=ended_at)
