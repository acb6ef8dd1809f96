"""Site and worker as processes of their own, and a question as the API is asked it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import urllib3

from search.params import SearchParams
from tools.ports import HOST, free_ports


@contextmanager
def site(folder: Path, *, processes: int = 1) -> Iterator[urllib3.HTTPConnectionPool]:
    """Run the site and yield connections to it, as soon as it answers."""
    (port,) = free_ports(1)
    command = ("-m", "gunicorn", "cms.wsgi:application", "--bind", f"{HOST}:{port}", "--workers",
               str(processes), "--threads", "8", "--log-level", "warning")  # fmt: skip
    with _running(command, folder / "site.log"):
        retries = urllib3.Retry(20, backoff_factor=0.1)
        urllib3.HTTPConnectionPool(HOST, port, retries=retries).request("GET", "/healthz")
        yield urllib3.HTTPConnectionPool(HOST, port, maxsize=8)


def worker(folder: Path) -> AbstractContextManager[None]:
    """Run the worker."""
    return _running(("manage.py", "worker"), folder / "worker.log")


@contextmanager
def _running(command: Sequence[str], log: Path) -> Iterator[None]:
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *command], env=os.environ, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def ask(connections: urllib3.HTTPConnectionPool, question: SearchParams) -> bool:
    """Ask the API and return whether the index answered. Raises RuntimeError without an answer."""
    query = {"q": question.q, "region": question.region, **question.facets}
    address = "/api/v1/search?" + urlencode({k: v for k, v in query.items() if v}, True)
    answer = connections.request("GET", address)
    if answer.status != 200:
        raise RuntimeError(f"The site did not answer: {answer.data[:300]!r}")
    return json.loads(answer.data)["backend"] == "elasticsearch"
