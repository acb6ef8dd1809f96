"""Ask Elasticsearch: all words first, any word only when too few have all."""

import time
from typing import Any

from search import client, mappings, query
from search.params import languages
from search.results import Criteria, EngineAnswer, Found

RELAX_BELOW = 3  # results with all words, below which any word will do


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts. Raises client.SearchUnavailable.

    Both steps together stay inside one time budget.
    """
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = [mappings.alias(language) for language in languages()]
    answer = client.search(indices, query.strict(criteria), deadline=deadline)
    is_relaxed = False
    if criteria.q and _total(answer) < RELAX_BELOW:
        loose = client.search(indices, query.relaxed(criteria), deadline=deadline)
        if _total(loose) > _total(answer):
            answer, is_relaxed = loose, True
    return EngineAnswer(
        found=[
            Found(
                key=hit["_id"],
                version=hit["_version"],
                highlights={name: " … ".join(x) for name, x in hit.get("highlight", {}).items()},
            )
            for hit in answer["hits"]["hits"]
        ],
        total=_total(answer),
        facets={name: _values(name, counts) for name, counts in answer["aggregations"].items()},
        is_relaxed=is_relaxed,
    )


def _total(answer: dict[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _values(name: str, counts: dict[str, Any]) -> list[tuple[str, int]]:
    prefix = "" if name in ("kind", "region") else f"{name}="
    return [
        (bucket["key"].removeprefix(prefix), bucket["doc_count"])
        for bucket in counts["values"]["buckets"]
    ]
