"""The database's own answer beside Elasticsearch's: how fast, and how much the same."""

import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.params import SearchParams
from search.service import search
from tools.bench.report import Line, below, percentile

MAX_LATER = 500.0  # ms of an answer while Elasticsearch is away


def measure(asked: Sequence[SearchParams]) -> list[Line]:
    """Return latency of both and the share of the first ten that they have in common."""
    index, database, common = [], [], []
    for question in asked:
        found, seconds = _asked(question)
        index.append(1000 * seconds)
        url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
        try:
            instead, seconds = _asked(question)
        finally:
            settings.ELASTICSEARCH_URL = url
        database.append(1000 * seconds)
        first, second = ({hit.id for hit in result.hits[:10]} for result in (found, instead))
        if first | second:
            common.append(len(first & second) / max(1, min(10, max(len(first), len(second)))))
    return [
        *(
            Line(
                f"database instead of Elasticsearch, {name}",
                percentile(database, share),
                percentile(index, share),
                "ms",
            )
            for name, share in (("p50", 0.5), ("p95", 0.95))
        ),
        below("database instead of Elasticsearch, slowest", max(database), MAX_LATER, "ms"),
        Line("first ten in common", sum(common) / len(common), None, "share"),
    ]


def _asked(question: SearchParams) -> tuple[Any, float]:
    started = time.perf_counter()
    result = search(question, now=timezone.now())
    return result, time.perf_counter() - started
