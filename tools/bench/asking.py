"""The search service beside a bare connection that sends the same bodies."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import urllib3
from django.conf import settings
from django.utils import timezone

from search import client, mappings
from search.params import SearchParams
from search.service import search
from tools.bench.report import Line, at_most, below, percentile
from tools.bench.site import ask, site

WARM_UP = 30  # questions that are not counted
MAX_OVERHEAD = 6.0  # ms over what Elasticsearch itself took, at p95

Request = tuple[list[str], dict[str, Any]]


class Raw:
    """urllib3 and orjson, nothing else."""

    def __init__(self) -> None:
        self._pool = urllib3.connection_from_url(settings.ELASTICSEARCH_URL, maxsize=16)

    def __call__(self, requests: Sequence[Request]) -> None:
        """Send requests one after the other and read the answers."""
        for indices, body in requests:
            answer = self._pool.request(
                "POST",
                f"/{','.join(indices)}/_search",
                body=orjson.dumps(body),
                headers={"content-type": "application/json"},
            )
            orjson.loads(answer.data)


def params(question: str, *, regions: Sequence[str], topics: Sequence[str]) -> SearchParams:
    """Return a full question: words, region, a facet; chosen by the question itself."""
    place = sum(map(ord, question))
    return SearchParams(
        language="de",
        q=question,
        region=regions[place % len(regions)] if place % 2 else "",
        facets={"topic": (topics[place % len(topics)],)} if place % 3 == 0 else {},
    )


def measure(asked: Sequence[SearchParams], *, clients: int) -> list[Line]:
    """Return service against raw, asked in turns, by a number of clients at once."""
    raw, bodies = Raw(), [_recorded(question) for question in asked]
    ours: list[float] = []
    theirs: list[float] = []
    over: list[float] = []
    mine = threading.local()
    send = client.search

    def clocked(indices: list[str], body: dict[str, Any], **options: Any) -> dict[str, Any]:
        answer = send(indices, body, **options)
        # What is near in meaning is asked in a thread of its own, at the same time.
        mine.took = getattr(mine, "took", 0) + answer["took"]
        return answer

    def work(first: int) -> None:
        for number in range(first, len(asked), clients):
            mine.took = 0
            started = time.perf_counter()
            search(asked[number], now=timezone.now())
            between = time.perf_counter()
            raw(bodies[number])
            ended = time.perf_counter()
            if number >= WARM_UP:
                ours.append(1000 * (between - started))
                theirs.append(1000 * (ended - between))
                over.append(ours[-1] - mine.took)

    client.search = clocked
    try:
        _together(work, clients)
    finally:
        client.search = send
    who = f"{clients} client{'s' if clients > 1 else ''}"
    return [
        at_most(f"search, {who}, p50", _p50(ours), _p50(theirs), "ms", factor=1.3),
        Line(f"search, {who}, p95", _p95(ours), _p95(theirs), "ms"),
        below(f"beyond Elasticsearch's own time, {who}, p95", _p95(over), MAX_OVERHEAD, "ms"),
    ]  # fmt: skip


def simple(asked: Sequence[SearchParams]) -> list[Line]:
    """Return the full question against a plain multi_match, both raw."""
    raw = Raw()
    full: list[float] = []
    plain: list[float] = []
    for question in asked:
        body = {"query": {"multi_match": {"query": question.q, "fields": ["title^3", "body"]}}}
        full.append(_timed(raw, _recorded(question)))
        plain.append(_timed(raw, [([mappings.alias("de")], body)]))
    pair = _p95(full[WARM_UP:]), _p95(plain[WARM_UP:])
    return [at_most("full question against multi_match, p95", *pair, "ms", factor=2.0)]


def endpoint(asked: Sequence[SearchParams], folder: Path) -> list[Line]:
    """Return the JSON API, by HTTP from another process, against raw."""
    raw = Raw()
    ours: list[float] = []
    theirs: list[float] = []
    with site(folder) as connections:
        for question in asked:
            started = time.perf_counter()
            if not ask(connections, question):
                raise RuntimeError("The index did not answer; there is nothing to measure.")
            ours.append(1000 * (time.perf_counter() - started))
            theirs.append(_timed(raw, _recorded(question)))
    pair = _p50(ours[WARM_UP:]), _p50(theirs[WARM_UP:])
    return [at_most("JSON API by HTTP, p50", *pair, "ms", factor=2.0)]


def _recorded(question: SearchParams) -> list[Request]:
    """Return the requests that the service sends for a question."""
    sent: list[Request] = []
    send = client.search

    def record(indices: list[str], body: dict[str, Any], **options: Any) -> dict[str, Any]:
        sent.append((indices, body))
        return send(indices, body, **options)

    client.search = record
    try:
        result = search(question, now=timezone.now())
    finally:
        client.search = send
    if result.degraded:
        raise RuntimeError("The index did not answer; there is nothing to measure.")
    return sent


def _together(work: Any, clients: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(raw: Raw, requests: Sequence[Request]) -> float:
    started = time.perf_counter()
    raw(requests)
    return 1000 * (time.perf_counter() - started)


def _p50(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def _p95(values: Sequence[float]) -> float:
    return percentile(values, 0.95)
