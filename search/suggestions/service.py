"""Suggest what a reader may be typing: items, places and words to filter by."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from search import client, engines, hybrid, registry, selectors
from search.params import SuggestParams
from search.registry import REMEMBERED, Facet
from search.remembered import SECONDS
from search.results import Backend, Criteria, Found
from search.rows import Row, visible_rows
from search.suggestions import database, query
from search.suggestions.words import begins, fits, is_enough, typed_words

logger = logging.getLogger(__name__)

PLACES, VALUES = 2, 2  # at most, so that they never push the items out
MAX_PLACE_WORDS = 3  # typed; longer texts are no names

_COLUMNS = ("kind", "item", "language", "title", "url", "answers_for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing to choose; `text` and `detail` (what it is) are plain text.

    An item has a `url`, its `id`, `kind` and `language`; a place and a value of a vocabulary have
    the `parameters` of the search that they stand for.
    """

    type: Literal["item", "place", "value"]
    text: str
    detail: str
    language: str
    url: str = ""
    id: str = ""
    kind: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What was suggested. `degraded`: a server is configured, but the database had to answer."""

    items: tuple[Suggestion, ...]
    backend: Backend
    degraded: bool
    took_ms: int


def suggest(params: SuggestParams, *, now: datetime) -> Suggestions:
    """Return what is public at `now` and begins as the reader types; nothing below two letters.

    Never raises for an outage: the database answers then, and the result says so.
    """
    started = time.perf_counter()
    items: list[Suggestion] = []
    backend: Backend = "elasticsearch" if client.is_configured() else "database"
    if is_enough(params.q):
        # More than wanted: the index may be behind, and then rows fall out.
        criteria = Criteria(
            q=params.q, language=params.language, now=now, size=params.limit + PLACES + VALUES
        )
        found, backend = _documents(criteria)
        rows = visible_rows(found, language=params.language, now=now, columns=_COLUMNS)
        items = [
            *_others(params),
            *_items([rows[hit.key] for hit in found if hit.key in rows], params),
        ]
    return Suggestions(
        items=tuple(items[: params.limit]),
        backend=backend,
        degraded=engines.is_degraded(backend),
        took_ms=round((time.perf_counter() - started) * 1000),
    )


def _documents(criteria: Criteria) -> tuple[list[Found], Backend]:
    """Return documents and who found them.

    Unlike a search this asks the index however far it is behind: then it suggests less, and what
    it should have forgotten falls out by its row. That saves every key pressed a query.
    """
    if client.is_configured():
        try:
            return _by_index(criteria), "elasticsearch"
        except client.SearchUnavailable as error:
            logger.debug("suggested by the database", extra={"reason": str(error)})
    return database.documents(criteria), "database"


def _by_index(criteria: Criteria) -> list[Found]:
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = selectors.indices(criteria.language)
    answer = client.search(indices, query.documents(criteria), deadline=deadline)
    return [hybrid.found_of(hit) for hit in answer["hits"]["hits"]]


def _others(params: SuggestParams) -> list[Suggestion]:
    """Return places and words of vocabularies, so few that the items have room."""
    return [*_values(params), *_places(params)][: max(1, params.limit // 2)]


def _items(rows: Sequence[Row], params: SuggestParams) -> list[Suggestion]:
    """Return the rows as suggestions: titles that begin as typed first, none twice."""
    kinds = {kind.name: kind.label_of_one() for kind in registry.kinds()}
    ordered = sorted(rows, key=lambda row: not begins(row["title"], params.q))
    once: dict[tuple[str, str], Row] = {}
    for row in ordered:
        once.setdefault((row["kind"], row["title"]), row)
    return [
        Suggestion(
            type="item",
            text=row["title"],
            detail=kinds.get(row["kind"], ""),
            language=row["language"],
            url=row["url"],
            id=row["item"],
            kind=row["kind"],
        )
        for row in once.values()
    ]


def _values(params: SuggestParams) -> list[Suggestion]:
    """Return words of closed vocabularies; what begins as typed comes first, no word twice."""
    minute = int(time.monotonic() // SECONDS)
    fitting = _fitting(registry.facets(), params.language, params.q.casefold(), minute)
    return [
        Suggestion(
            type="value",
            text=label,
            detail=str(facet.label),
            language=params.language,
            parameters={facet.name: key},
        )
        for label, facet, key in fitting
    ]


@lru_cache(maxsize=REMEMBERED)
def _fitting(
    facets: tuple[Facet, ...], language: str, typed: str, _minute: int
) -> list[tuple[str, Facet, str]]:
    """Return (label, facet, id); remembered for a minute, for many readers type the same."""
    found = {
        label: (label, facet, key)
        for facet in reversed(facets)
        if facet.values
        for key, label in facet.values(language).items()
        if fits(label, typed)
    }
    ordered = sorted(found, key=lambda label: (not begins(label, typed), label))
    return [found[label] for label in ordered[:VALUES]]


def _places(params: SuggestParams) -> list[Suggestion]:
    if len(typed_words(params.q)) > MAX_PLACE_WORDS:
        return []
    keys = registry.places().beginning(params.q, PLACES)
    places = registry.places().by_keys(keys, params.language) if keys else {}
    return [
        Suggestion(
            type="place",
            text=places[key].full_name,
            detail=places[key].parent_name,
            language=params.language,
            parameters={"region": key},
        )
        for key in keys
        if key in places
    ]
