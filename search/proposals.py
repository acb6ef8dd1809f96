"""Other questions that are worth asking: what they change, and what they would find."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from search.registry import Place

Reason = Literal["spelling", "place", "wider_region", "without_filter", "without_filters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question beside the reader's, which is never asked without them.

    `parameters` are those of the request that change; an empty one is left out. `text` says what
    is new in a word or two: the corrected words, the place, or the filter to leave out; `place` is
    set for regions. `total` is the number of results, None where it was not counted.
    """

    reason: Reason
    parameters: Mapping[str, tuple[str, ...]]
    text: str
    place: Place | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What may help on: other words, regions that the words name, ways out of an empty result."""

    spelling: Proposal | None = None
    places: tuple[Proposal, ...] = ()
    ways_out: tuple[Proposal, ...] = ()


NO_ADVICE = Advice()
