"""From publishing to being found, with a real worker, while eight clients ask a real site.

It is asked by HTTP: threads of this process would only wait for each other, and so would the one
that looks whether something is found.
"""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import urllib3
from django.db import transaction
from django.utils import timezone

from search.documents import Document, refresh
from search.params import SearchParams
from search.registry import Kind, register_kind
from search.service import search
from tools.bench.report import Line, below, percentile
from tools.bench.site import ask, site, worker

PUBLICATIONS = 200
CLIENTS = 8
PAUSE = 0.005  # seconds between two looks
KIND = "bench"
LIMIT = 1.0  # seconds


def measure(asked: Sequence[SearchParams], folder: Path) -> list[Line]:
    """Return p50 and p95 of the time until Elasticsearch finds what was published."""
    public: dict[str, Document] = {}
    register_kind(Kind(KIND, "Bench", "inside", lambda item: [public[item]], lambda: list(public)))
    done = threading.Event()
    with (
        worker(folder),
        site(folder, processes=2) as connections,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        _publish(public, 0, seconds=60)  # the worker is there
        readers = [clients.submit(_read, connections, asked, done) for _ in range(CLIENTS)]
        try:
            times = [_publish(public, number) for number in range(1, PUBLICATIONS + 1)]
        finally:
            done.set()
        answers = [by_index for reader in readers for by_index in reader.result()]
    return [
        Line("publish to found, p50", percentile(times, 0.5), None, "s"),
        below("publish to found, 8 clients searching, p95", percentile(times, 0.95), LIMIT, "s"),
        Line("answers to them meanwhile", len(answers), None, "answers"),
        Line("of them by the database", answers.count(False), None, "answers"),
    ]


def _publish(public: dict[str, Document], number: int, *, seconds: float = 30) -> float:
    """Publish one document; return the seconds until the index finds it."""
    item, word = f"new-{number}", f"neuigkeit{number}x"
    moment = timezone.now() - timedelta(seconds=1)
    public[item] = Document(
        kind=KIND, item=item, language="de", title=word, summary="", body=word, url="/",
        regions=(), region_paths=(), facets={}, labels=(), points=(),
        published_at=moment, visible_from=moment, visible_until=None,
    )  # fmt: skip
    with transaction.atomic():
        refresh(kind=KIND, item=item, now=timezone.now())
    began = time.perf_counter()
    while True:
        result = search(SearchParams(language="de", q=word), now=timezone.now())
        took = time.perf_counter() - began
        if result.hits and result.backend == "elasticsearch":
            return took
        if took > seconds:
            raise RuntimeError(f"Not found within {seconds} seconds; is the worker well?")
        time.sleep(PAUSE)


def _read(
    connections: urllib3.HTTPConnectionPool, asked: Sequence[SearchParams], done: threading.Event
) -> list[bool]:
    """Ask until `done`; return for each answer whether it came from the index."""
    questions = cycle(asked)
    answers = []
    while not done.is_set():
        answers.append(ask(connections, next(questions)))
    return answers
