"""From the hour to visible: a hundred releases due in the same second, a real worker and site.

Three readers look again and again, each at one surface: the pages, the lists of the API, a search
that finds all of them. An item is visible when an answer that shows it has arrived; what readers
wait for answers and pause between two looks is part of the time, and so is the processor they
take from the worker: site, worker, Elasticsearch and readers share one machine.

Lists and search show all releases. Of the pages every fifth is asked for, those first that are
published first: to read all hundred in one second would measure how many pages a second the
site renders. That has lines of its own: the others are read afterwards, one after the other.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from tools.bench import due
from tools.bench.report import Line, below, percentile
from tools.bench.site import site, worker

RELEASES = 100
DUE = f"{RELEASES} due at once"
LOOK = 5.0  # seconds before the hour the readers begin to look
PATIENCE = 60.0  # seconds after it they give up
PAUSE = 0.1  # seconds after a look that showed nothing new
LIMIT = 2.0  # seconds, at p95
EVERY = 5  # of the pages that are asked for at the hour


@dataclass
class Watch:
    """Somebody who looks at one surface again and again, and notes when each item was there.

    `look(missing)` asks, and yields after each answer which items it shows.
    """

    name: str
    look: Callable[[list[str]], Iterator[set[str]]]
    items: Sequence[str]
    seen: dict[str, float] = field(default_factory=dict)  # item -> seconds since 1970
    error: BaseException | None = None

    def run(self, *, until: float) -> None:
        """Look until everything was seen or `until` (seconds since 1970) is over."""
        try:
            while (
                missing := [i for i in self.items if i not in self.seen]
            ) and time.time() < until:
                for shown in self.look(missing):
                    new = shown.intersection(missing) - self.seen.keys()
                    self.seen |= dict.fromkeys(new, time.time())
                if self.seen.keys().isdisjoint(missing):
                    time.sleep(PAUSE)
        except BaseException as error:
            self.error = error


def measure(folder: Path) -> list[Line]:
    """Return when pages, API and search showed what was due; nothing may be seen before."""
    with worker(folder), site(folder, processes=2) as connections:
        pages, hour = due.releases(RELEASES)
        watches = _watches(pages, connections)
        _warm_up(watches)
        load = _watch(watches, hour)
        others = [page.url for number, page in enumerate(pages) if number % EVERY]
        first, again = (_milliseconds(connections, others) for _ in range(2))
    return [
        *_lines(watches, hour),
        Line("a page's first reading afterwards, p50", percentile(first, 0.5), None, "ms"),
        Line("a page's second reading, p50", percentile(again, 0.5), None, "ms"),
        Line("load of the machine a minute before the hour", load, None, "processes"),
    ]


def _watches(pages: Sequence[Any], connections: urllib3.HTTPConnectionPool) -> list[Watch]:
    addresses = {str(page.translation_key): page.url for page in pages}
    items = list(addresses)
    turns = count()

    def get(address: str, **query: object) -> urllib3.BaseHTTPResponse:
        return connections.request("GET", f"{address}?{urlencode(query)}", redirect=False)

    def on_pages(missing: list[str]) -> Iterator[set[str]]:
        for item in missing:  # those first that are published first
            is_there = get(addresses[item]).status == 200
            yield {item} if is_there else set()
            if not is_there:
                break
        another = missing[next(turns) % len(missing)]  # none of them may be there early
        yield {another} if get(addresses[another]).status == 200 else set()

    def in_api(missing: list[str]) -> Iterator[set[str]]:
        for number in range(1, RELEASES // 20 + 1):
            answer = get("/api/v1/releases", lang="de", page=number)
            shown = {each["id"] for each in json.loads(answer.data)["items"]}
            yield shown
            if shown.isdisjoint(missing):  # the newest come first: nothing new below
                return

    def in_search(missing: list[str]) -> Iterator[set[str]]:
        for number in range(1, RELEASES // 50 + 1):
            query = {"q": due.WORD, "lang": "de", "page_size": 50, "page": number}
            body = json.loads(get("/api/v1/search", **query).data)
            # What the database answers instead says nothing of the index.
            yield set() if body["degraded"] else {each["id"] for each in body["items"]}
            if body["total"] <= 50 * number:
                return

    return [
        Watch("page", on_pages, items[::EVERY]),
        Watch("API", in_api, items),
        Watch("search", in_search, items),
    ]


def _warm_up(watches: Sequence[Watch]) -> None:
    """Let the site load what it needs once, as it has long before a real hour."""
    for _chance in range(10):  # of meeting each process of the server
        for watch in watches:
            list(watch.look(list(watch.items)))


def _watch(watches: Sequence[Watch], hour: datetime) -> float:
    """Let everybody look around the hour; return the load of the machine before it."""
    until = hour.timestamp() + PATIENCE
    threads = [
        threading.Thread(target=watch.run, kwargs={"until": until}, daemon=True)
        for watch in watches
    ]
    time.sleep(max(0.0, hour.timestamp() - LOOK - time.time()))
    load = os.getloadavg()[0]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for watch in watches:
        if watch.error is not None:
            raise watch.error
    return load


def _milliseconds(connections: urllib3.HTTPConnectionPool, addresses: Sequence[str]) -> list[float]:
    """Return how long each page takes, one after the other."""
    taken = []
    for address in addresses:
        started = time.perf_counter()
        connections.request("GET", address)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def _lines(watches: Sequence[Watch], hour: datetime) -> list[Line]:
    at = hour.timestamp()
    lines = []
    for watch in watches:
        late = [watch.seen.get(item, float("inf")) - at for item in watch.items]
        name = f"{DUE}, {watch.name}"
        lines += [
            Line(f"{name}, p50", percentile(late, 0.5), None, "s"),
            below(f"{name}, p95", percentile(late, 0.95), LIMIT, "s"),
            Line(f"{name}, last", max(late), None, "s"),
        ]
    early = sum(moment < at for watch in watches for moment in watch.seen.values())
    return [*lines, below("seen before the hour", early, 0, "items")]
