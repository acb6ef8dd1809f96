"""Ask Elasticsearch: all words first, any word only when too few have all; a sentence at once."""

import time
from dataclasses import replace
from typing import Any

from search import client, hybrid, mappings, query
from search.meaning import encoders
from search.params import languages
from search.results import Criteria, EngineAnswer, Found

RELAX_BELOW = 3  # results with all words, below which any word will do


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts. Raises client.SearchUnavailable.

    Both steps together stay inside one time budget.
    """
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = [mappings.alias(language) for language in languages()]
    if criteria.is_sentence:
        return _with_meaning(criteria, query.sentence(criteria), indices, deadline=deadline)
    answer = client.search(indices, query.strict(criteria), deadline=deadline)
    if criteria.q and _total(answer) < RELAX_BELOW:
        loose = _with_meaning(criteria, query.relaxed(criteria), indices, deadline=deadline)
        if loose.total > _total(answer):
            return replace(loose, is_relaxed=True)
    return _answer([hybrid.found_of(hit) for hit in answer["hits"]["hits"]], answer, _total(answer))


def _with_meaning(
    criteria: Criteria, body: query.Body, indices: list[str], *, deadline: float
) -> EngineAnswer:
    """Answer a request by words, joined by what is near in meaning where there is an encoder."""
    if criteria.sort != "relevance" or encoders.current() is None:
        answer = client.search(indices, body, deadline=deadline)
        hits = [hybrid.found_of(hit) for hit in answer["hits"]["hits"]]
        return _answer(hits, answer, _total(answer))
    return _answer(*hybrid.search(criteria, body, indices, deadline=deadline))


def _answer(found: list[Found], answer: dict[str, Any], total: int) -> EngineAnswer:
    return EngineAnswer(
        found=found,
        total=total,
        facets={name: _values(name, counts) for name, counts in answer["aggregations"].items()},
        is_relaxed=False,
    )


def _total(answer: dict[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _values(name: str, counts: dict[str, Any]) -> list[tuple[str, int]]:
    prefix = "" if name in ("kind", "region") else f"{name}="
    return [
        (bucket["key"].removeprefix(prefix), bucket["doc_count"])
        for bucket in counts["values"]["buckets"]
    ]
