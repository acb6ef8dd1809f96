"""Rebuild beside raw bulk requests of the same documents, and its memory."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import orjson
import urllib3
from django.conf import settings
from django.utils import timezone

from search import builds, client, families, mappings, sources
from search.indexing import ship
from search.models import SearchDocument
from search.rebuild import rebuild
from search.verify import verify
from tools import ToolError
from tools.bench.report import Line, at_least, below

CONNECTIONS = 4  # of the raw side
ROWS = 500  # of one raw request
MAX_GROWTH = 50.0  # MB of memory from a tenth of the documents to all of them

# Runs in a process of its own and tells the most memory it ever held, in KB.
_REBUILD = """
import resource, sys
import django
django.setup()
from django.utils import timezone
from search import builds, rebuild
from search.models import SearchDocument
last = SearchDocument.objects.order_by("pk")[int(sys.argv[1]) - 1].pk
note = builds.note
def only_so_many(build, **state):
    if state.get("fill_until"):
        state["fill_until"] = min(last, state["fill_until"])
    note(build, **state)
builds.note = only_so_many
steps = rebuild.steps("de", now=timezone.now())
for step in steps:
    if step.what != "fill":
        break
steps.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def prepare() -> None:
    """Build all indices and mark everything shipped."""
    if ship(now=timezone.now(), limit=1).is_unavailable:
        raise ToolError("Elasticsearch is not there.")
    # As if the worker had shipped each row: a rebuild has written them already.
    for row in SearchDocument.objects.values_list("version", flat=True).distinct():
        SearchDocument.objects.filter(version=row).update(shipped_version=row)


def measure() -> list[Line]:
    """Return documents a second of a rebuild, the comparison included, and of raw bulk."""
    count = SearchDocument.objects.filter(language="de").count()
    fill = began = time.perf_counter()

    def note(step: object) -> None:
        nonlocal fill
        if getattr(step, "what", "") == "fill":
            fill = time.perf_counter()

    rebuild("de", now=timezone.now(), progress=note)
    whole = time.perf_counter() - began
    filling = fill - began
    raw = _raw()
    began = time.perf_counter()
    differences = sum(1 for _ in verify())
    verifying = time.perf_counter() - began
    return [
        at_least("rebuild: filling", count / filling, count / raw, "docs/s", factor=0.8),
        Line("rebuild: filled, compared, swapped", count / whole, count / raw, "docs/s"),
        Line("verify", count / verifying, None, "docs/s", "0 differences", differences == 0),
    ]


def memory(count: int) -> list[Line]:
    """Return how much more memory filling all documents takes than filling a tenth."""
    few, many = (_peak(number) for number in (count // 10, count))
    return [
        Line("rebuild: memory at a tenth of the documents", few, None, "MB"),
        below("rebuild: memory that all of them add", many - few, MAX_GROWTH, "MB"),
    ]


def _peak(count: int) -> float:
    answer = subprocess.run(
        [sys.executable, "-c", _REBUILD, str(count)],
        env=os.environ, check=True, capture_output=True, text=True,
    )  # fmt: skip
    build = builds.claim("de", now=timezone.now())
    if build:
        families.drop("de", keep={families.serving("de")})
        builds.end(build)
    return int(answer.stdout) / 1024


def _raw() -> float:
    """Return the seconds of raw bulk requests, four at a time, of documents made beforehand."""
    index = "bench-raw-" + families.serving("de")[-10:]  # type: ignore[index]
    body = mappings.index_body("de")
    body["settings"]["index"] |= {"number_of_replicas": 0, "refresh_interval": "-1"}
    client.request("PUT", f"/{index}", body)
    bodies = list(_bodies())
    pool = urllib3.connection_from_url(settings.ELASTICSEARCH_URL, maxsize=CONNECTIONS)

    def send(body: bytes) -> None:
        headers = {"content-type": "application/x-ndjson"}
        answer = pool.request("POST", f"/{index}/_bulk", body=body, headers=headers)
        if orjson.loads(answer.data)["errors"]:
            raise ToolError(f"Raw documents were refused: {answer.data[:300]!r}")

    try:
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as senders:
            list(senders.map(send, bodies))
        client.request("POST", f"/{index}/_refresh")
        return time.perf_counter() - began
    finally:
        client.request("DELETE", f"/{index}")


def _bodies() -> Sequence[bytes]:
    rows = SearchDocument.objects.filter(language="de").order_by("pk")
    bodies, lines = [], []
    for row in rows.iterator(ROWS):
        lines += [orjson.dumps({"index": {"_id": row.key}}), orjson.dumps(sources.source(row))]
        if len(lines) == 2 * ROWS:
            bodies.append(b"\n".join(lines) + b"\n")
            lines = []
    if lines:
        bodies.append(b"\n".join(lines) + b"\n")
    return bodies
