"""From publishing to being found, with a real worker, while eight clients search."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from search.documents import Document, refresh
from search.params import SearchParams
from search.registry import Kind, register_kind
from search.service import search
from tools.bench.report import Line, below, percentile

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
    readers = [threading.Thread(target=_read, args=(asked, done)) for _ in range(CLIENTS)]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"], env=os.environ, stdout=log, stderr=log
        )
    try:
        _publish(public, 0, seconds=60)  # the worker is there
        for reader in readers:
            reader.start()
        times = [_publish(public, number) for number in range(1, PUBLICATIONS + 1)]
    finally:
        done.set()
        for reader in readers:
            if reader.is_alive():
                reader.join()
        worker.terminate()
        worker.wait()
    return [
        Line("publish to found, p50", percentile(times, 0.5), None, "s"),
        below("publish to found, 8 clients searching, p95", percentile(times, 0.95), LIMIT, "s"),
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


def _read(asked: Sequence[SearchParams], done: threading.Event) -> None:
    try:
        while not done.is_set():
            for question in asked:
                search(question, now=timezone.now())
                if done.is_set():
                    return
    finally:
        connection.close()
