"""What search answers, and what passes between the service and its two engines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString

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
    word will do. `groups` are the words with their synonyms, and their translations into
    `source_language`.
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


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of an engine. `highlights` by field are HTML; None: the service makes them."""

    key: str
    version: int
    highlights: Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAnswer:
    """One page of hits; facets by name as (value, count), the most frequent first."""

    found: list[Found]
    total: int
    facets: dict[str, list[tuple[str, int]]]
    is_relaxed: bool


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
    above it (then `applies_to` names that); None when no region was chosen.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of results.

    `degraded`: a server is configured, but the database had to answer. `choices`: the name of a
    place meant several; nothing was searched until one is chosen. `hints` are sentences for the
    reader, in the language of the request.
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
    advice: Advice = NO_ADVICE
