"""How many results other questions would have: all of them in one request."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from search import client, engines, fallback, query, selectors
from search.index_search import RELAX_BELOW, forgiving
from search.results import Criteria
from search.wording import Body


def totals(questions: Sequence[Criteria], *, every: bool = False) -> list[int]:
    """Return the number of results of each question, as the search itself would count them.

    With `every` only documents count that hold all the words as they are. At least one question.
    """
    return engines.ask(
        questions[0],
        index=lambda asked: _by_index(
            [
                replace(each if every else forgiving(each), hidden=asked.hidden)
                for each in questions
            ],
            every=every,
        ),
        database=lambda asked: [fallback.total(each, every=every) for each in questions],
    )[0]


def body(questions: Sequence[Criteria], *, every: bool) -> Body:
    """Return the request that counts; each question twice where it may be loosened."""
    filters = {}
    for number, question in enumerate(questions):
        filters[f"{number}:every"] = _filter(query.strict(question))
        if not every:
            loose = query.sentence if question.is_sentence else query.relaxed
            filters[f"{number}:any"] = _filter(loose(question))
    return {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"questions": {"filters": {"filters": filters}}},
    }


def _filter(request: Body) -> Body:
    """Return what a request finds as one filter."""
    selected = [request["post_filter"]] if "post_filter" in request else []
    return {"bool": {"filter": [request["query"], *selected]}}


def _by_index(questions: Sequence[Criteria], *, every: bool) -> list[int]:
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = selectors.indices(questions[0].language)
    answer = client.search(indices, body(questions, every=every), deadline=deadline)
    buckets = answer["aggregations"]["questions"]["buckets"]
    return [_total(buckets, number, question) for number, question in enumerate(questions)]


def _total(buckets: dict[str, Any], number: int, question: Criteria) -> int:
    strict = int(buckets[f"{number}:every"]["doc_count"])
    loose = buckets.get(f"{number}:any", {"doc_count": 0})["doc_count"]
    return max(strict, loose) if question.is_sentence or strict < RELAX_BELOW else strict
