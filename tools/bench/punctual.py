"""From the hour to visible: a hundred releases due in the same second, a real worker and site."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from django.utils import timezone

from tools.bench import due
from tools.bench.report import Line, below, percentile
from tools.ports import HOST, free_ports

RELEASES = 100
DUE = f"{RELEASES} due at once"
LEAD = timedelta(seconds=200)  # from beginning to write the releases to their hour
LOOK = 5.0  # seconds before the hour the strangers begin to look
PATIENCE = 60.0  # seconds after it they give up
PAUSE = 0.02  # seconds between two looks
LIMIT = 2.0  # seconds, at p95
NEXT = 3  # pages asked in one look: those that are expected next


@dataclass
class Watch:
    """Somebody who looks at one surface again and again, and notes when each item was there.

    `look(missing)` returns those of the items still missing that the surface shows now.
    """

    name: str
    look: Callable[[list[str]], set[str]]
    items: Sequence[str]
    seen: dict[str, float] = field(default_factory=dict)  # item -> seconds since 1970
    error: BaseException | None = None

    def run(self, *, until: float) -> None:
        """Look until everything was seen or `until` (seconds since 1970) is over."""
        try:
            while (
                missing := [i for i in self.items if i not in self.seen]
            ) and time.time() < until:
                shown = self.look(missing)
                answered_at = time.time()
                self.seen |= dict.fromkeys(shown.intersection(missing), answered_at)
                time.sleep(PAUSE)
        except BaseException as error:
            self.error = error


def measure(folder: Path) -> list[Line]:
    """Return when page, API and search showed what was due; nothing may be seen before."""
    hour = (timezone.now() + LEAD).replace(microsecond=0)
    (port,) = free_ports(1)
    with ExitStack() as stack:
        log = stack.enter_context((folder / "punctual.log").open("wb"))
        for command in (
            ["manage.py", "worker"],
            ["-m", "gunicorn", "cms.wsgi:application", "--bind", f"{HOST}:{port}",
             "--threads", "8", "--log-level", "warning"],
        ):  # fmt: skip
            process = subprocess.Popen(
                [sys.executable, *command], env=os.environ, stdout=log, stderr=log
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        pages = due.releases(RELEASES, hour=hour)
        watches = _watches(pages, urllib3.HTTPConnectionPool(HOST, port, maxsize=8))
        _warm_up(watches)
        _watch(watches, hour)
    return _lines(watches, hour)


def _watches(pages: Sequence[Any], site: urllib3.HTTPConnectionPool) -> list[Watch]:
    addresses = {str(page.translation_key): page.url for page in pages}
    items = list(addresses)

    def get(address: str, **query: object) -> urllib3.BaseHTTPResponse:
        return site.request("GET", f"{address}?{urlencode(query)}", redirect=False)

    def on_pages(missing: list[str]) -> set[str]:
        return {item for item in missing[:NEXT] if get(addresses[item]).status == 200}

    def in_api(missing: list[str]) -> set[str]:
        lists = [get("/api/v1/releases", lang="de", page=n) for n in range(1, RELEASES // 20 + 1)]
        return {each["id"] for answer in lists for each in json.loads(answer.data)["items"]}

    def in_search(missing: list[str]) -> set[str]:
        found: set[str] = set()
        for number in range(1, RELEASES // 50 + 1):
            query = {"q": due.WORD, "lang": "de", "page_size": 50, "page": number}
            body = json.loads(get("/api/v1/search", **query).data)
            if not body["degraded"]:  # what the database answers instead says nothing of the index
                found |= {each["id"] for each in body["items"]}
        return found

    looks = {"page": on_pages, "API": in_api, "search": in_search}
    return [Watch(name, look, items) for name, look in looks.items()]


def _warm_up(watches: Sequence[Watch]) -> None:
    """Let the site load what it needs once, as it has long before a real hour."""
    for watch in watches:
        watch.look(list(watch.items))


def _watch(watches: Sequence[Watch], hour: datetime) -> None:
    until = hour.timestamp() + PATIENCE
    threads = [
        threading.Thread(target=watch.run, kwargs={"until": until}, daemon=True)
        for watch in watches
    ]
    time.sleep(max(0.0, hour.timestamp() - LOOK - time.time()))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for watch in watches:
        if watch.error is not None:
            raise watch.error


def _lines(watches: Sequence[Watch], hour: datetime) -> list[Line]:
    at = hour.timestamp()
    everywhere: list[float] = []
    lines = []
    for watch in watches:
        late = [watch.seen.get(item, float("inf")) - at for item in watch.items]
        lines += [
            Line(
                f"{RELEASES} due at once, {watch.name}, {name}", percentile(late, share), None, "s"
            )
            for name, share in (("p50", 0.5), ("p95", 0.95), ("last", 1.0))
        ]
        everywhere = [max(pair) for pair in zip(late, everywhere or late, strict=True)]
    early = sum(moment < at for watch in watches for moment in watch.seen.values())
    return [
        *lines,
        below(f"{DUE}, everywhere, p95", percentile(everywhere, 0.95), LIMIT, "s"),
        below("seen before the hour", early, 0, "items"),
    ]
