"""Suggestions while somebody types: the service beside a bare connection with the same bodies."""

import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from search import client
from search.params import SuggestParams
from search.suggestions.service import suggest
from tools.bench.asking import WARM_UP, Raw, Request
from tools.bench.report import Line, at_most, below, percentile

MAX_LATER = 500.0  # ms of the database's answer


def measure(questions: Sequence[str]) -> list[Line]:
    """Return service against raw, and the database alone; of each question a beginning is typed."""
    raw = Raw()
    asked = [_typed(question, number) for number, question in enumerate(questions)]
    ours: list[float] = []
    theirs: list[float] = []
    for each in asked:
        body = _recorded(each)
        started = time.perf_counter()
        suggest(each, now=timezone.now())
        between = time.perf_counter()
        raw([body])
        ended = time.perf_counter()
        ours.append(1000 * (between - started))
        theirs.append(1000 * (ended - between))
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    try:
        alone = [_timed(each) for each in asked]
    finally:
        settings.ELASTICSEARCH_URL = url
    ours, theirs = ours[WARM_UP:], theirs[WARM_UP:]
    return [
        at_most("suggestions, p50", _p50(ours), _p50(theirs), "ms", factor=1.3),
        Line("suggestions, p95", _p95(ours), _p95(theirs), "ms"),
        below("suggestions of the database, p95", _p95(alone), MAX_LATER, "ms"),
    ]


def _typed(question: str, number: int) -> SuggestParams:
    """Return the first letters of a question: two, three and so on."""
    return SuggestParams(language="de", q=question[: 2 + number % 9])


def _timed(params: SuggestParams) -> float:
    started = time.perf_counter()
    suggest(params, now=timezone.now())
    return 1000 * (time.perf_counter() - started)


def _recorded(params: SuggestParams) -> Request:
    """Return what the service sends for a question."""
    sent: list[Request] = []
    send = client.search

    def record(indices: list[str], body: dict[str, Any], **options: Any) -> dict[str, Any]:
        sent.append((indices, body))
        return send(indices, body, **options)

    client.search = record
    try:
        result = suggest(params, now=timezone.now())
    finally:
        client.search = send
    if result.degraded:
        raise RuntimeError("The index did not answer; there is nothing to measure.")
    (only,) = sent
    return only


def _p50(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def _p95(values: Sequence[float]) -> float:
    return percentile(values, 0.95)
