"""Measure search and print a table; every ratio has its raw side in the same run."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools import ToolError
from tools.bench.house import house
from tools.bench.report import Line, table, write

PATIENCE = 30.0  # seconds
PARTS = (
    "rebuild", "search", "suggest", "http", "fallback", "publish", "punctual", "memory", "wagtail",
)  # fmt: skip


def main() -> int:
    """Run the command given on the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=330, help="the first 30 warm up")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--json", type=Path, default=Path(".bench/search.json"))
    arguments = parser.parse_args()
    try:
        with house() as folder:
            lines = run(arguments, folder)
    except ToolError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(lines))
    about = {
        "documents": arguments.documents,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
    }
    write(arguments.json, lines=lines, about=about)
    print(f"Written to {arguments.json}; load of the machine {os.getloadavg()[0]:.1f}")
    return int(any(line.is_kept is False for line in lines))


def run(arguments: argparse.Namespace, folder: Path) -> list[Line]:
    """Return all lines of the chosen parts."""
    # Models can be imported only when Django is set up.
    from newsroom.regions.models import Region  # noqa: PLC0415
    from newsroom.regions.selectors import paths  # noqa: PLC0415
    from newsroom.vocabularies.models import Term  # noqa: PLC0415
    from search import client  # noqa: PLC0415
    from tools.bench import (  # noqa: PLC0415
        asking,
        corpus,
        database,
        plain_wagtail,
        publishing,
        punctual,
        rebuilding,
        suggesting,
    )

    regions = [(r.key, paths([r])) for r in Region.objects.select_related("parent__parent")]
    topics = list(Term.objects.filter(vocabulary="topic").values_list("slug", flat=True))
    # A busy machine is slow, but nothing is measured of a database that answers instead.
    client.QUERY_BUDGET = PATIENCE
    say(f"storing {arguments.documents:,} documents ...")
    corpus.store(arguments.documents, regions=regions, topics=topics)
    keys = [key for key, _ in regions]
    asked = [
        asking.params(question, regions=keys, topics=topics)
        for question in corpus.questions(arguments.questions)
    ]
    parts: dict[str, Sequence[Callable[[], list[Line]]]] = {
        "rebuild": [rebuilding.measure],
        "search": [
            lambda: asking.measure(asked, clients=1),
            lambda: asking.measure(asked, clients=8),
            lambda: asking.simple(asked),
        ],
        "suggest": [lambda: suggesting.measure([question.q for question in asked])],
        "http": [lambda: asking.endpoint(asked, folder)],
        "fallback": [lambda: database.measure(asked)],
        "publish": [lambda: publishing.measure(asked, folder)],
        "punctual": [lambda: punctual.measure(folder)],
        "wagtail": [lambda: plain_wagtail.measure(asked)],
        "memory": [lambda: rebuilding.memory(arguments.documents)],
    }
    rebuilding.prepare()
    lines = []
    for part in arguments.only:
        for work in parts[part]:
            say(f"measuring: {part} ...")
            measured = work()
            say(table(measured))
            lines += measured
    return lines


def say(what: str) -> None:
    """Tell what goes on."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
