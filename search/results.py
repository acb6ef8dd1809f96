"""What search answers, and what passes between the service and its two engines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString

from search.cursor import Cursor, SortValue
from search.distance import Near
from search.params import Sort
from search.proposals import NO_ADVICE, Advice
from search.registry import Place
from search.synonyms import Group

Backend = Literal["elasticsearch", "database"]
Relation = Literal["inside", "above"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFilter:
    """A chosen region: one or several keys (the places of a postal code), any of them.

    `above` are all their ancestors; documents of the kinds in `serving` are also found when they
    are tagged exactly with one of those.
    """

    keys: tuple[str, ...]
    above: tuple[str, ...]
    serving: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """A question as both engines understand it: nothing left to look up.

    `published_before` is exclusive. `hidden` are keys that the index may still show although the
    table says they are gone. `news` are the kinds for which freshness counts. `is_sentence`: any
    word will do. `mistyped` are words that no public document has; `meant` are known words for each
    such one of a sentence: both are told to the index alone. `groups` are the words with their
    synonyms, and their translations into `source_language`. `walk` is where to go on, in place of
    `offset`; `fresh_at` is the clock by which news are new, the same for all pages of a walk.
    """

    q: str
    language: str
    now: datetime
    kinds: tuple[str, ...] = ()
    region: RegionFilter | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facet_names: tuple[str, ...] = ()
    published_from: datetime | None = None
    published_before: datetime | None = None
    hidden: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    offset: int = 0
    size: int = 20
    sort: Sort = "relevance"
    is_sentence: bool = False
    groups: tuple[Group, ...] = ()
    source_language: str = ""
    mistyped: tuple[str, ...] = ()
    meant: tuple[tuple[str, ...], ...] = ()
    near: Near | None = None
    walk: Cursor | None = None

    @property
    def fresh_at(self) -> datetime:
        """When the first page of the walk was asked."""
        return self.walk.began if self.walk else self.now

    @property
    def after(self) -> tuple[SortValue, ...]:
        """What the last hit shown was sorted by; empty on numbered pages."""
        return self.walk.after if self.walk else ()

    @property
    def asked(self) -> int:
        """How many hits an engine is asked for: in a walk one more, to tell whether it goes on.

        Counts cannot tell: what was passed may be gone meanwhile.
        """
        return self.size + 1 if self.walk else self.size

    def goes_on(self, found: int, total: int) -> bool:
        """Return whether there is a page behind this one, of which `found` were got."""
        return found > self.size if self.walk else self.offset + found < total

    @property
    def passed(self) -> int:
        """How many hits come before this page."""
        return self.walk.position if self.walk else self.offset


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of an engine. `highlights` by field are HTML; None: the service makes them."""

    key: str
    version: int
    highlights: Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAnswer:
    """One page of hits; facets by name as (value, count), the most frequent first.

    `next` is where the next page begins, None behind the last hit.
    """

    found: list[Found]
    total: int
    facets: dict[str, list[tuple[str, int]]]
    is_relaxed: bool
    next: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """HTML-encoded text with the found words in <mark>."""

    title: SafeString
    body: SafeString


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a closed vocabulary."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value to narrow by, and how many results it leaves. `place` for regions only."""

    key: str
    label: str
    count: int
    is_selected: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One item found, in the language that answers the reader.

    `region_relation` tells whether it lies inside the chosen region or is there for a region
    above it (then `applies_to` names that); None when no region was chosen. `distance_km` is the
    way to the nearest of its places, None without a place of the reader or of its own. `is_old`:
    nobody stands by it any more.
    """

    id: str
    kind: str
    kind_label: str
    language: str
    title: str
    summary: str
    url: str
    highlight: Highlight
    regions: tuple[Place, ...]
    region_relation: Relation | None
    applies_to: tuple[Place, ...]
    published_at: datetime
    facets: Mapping[str, tuple[Value, ...]]
    distance_km: float | None = None
    is_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of results.

    `degraded`: a server is configured, but the database had to answer. `choices`: the name of a
    place meant several; nothing was searched until one is chosen. `hints` are sentences for the
    reader, in the language of the request. `next` is where the next page begins; `near` is where
    distances are told from.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    page_size: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    backend: Backend
    degraded: bool
    took_ms: int
    places: tuple[Place, ...] = ()
    choices: tuple[Place, ...] = ()
    hints: tuple[str, ...] = ()
    is_region_unknown: bool = False
    is_relaxed: bool = False
    next: Cursor | None = None
    near: Near | None = None
    advice: Advice = NO_ADVICE
