"""Fill a new index from the table and swap it in, while readers read and writers write.

Why nothing is lost: the build is registered before the table is scanned, and the shipping worker
reads the registered builds after it took its rows. So a version is either in the table when the
scan comes by, or it is shipped to the new index as well. External versions let the newer win.
Every step leaves its state in the table: whoever comes after a kill goes on there.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Max
from django.utils import timezone

from search import builds, bulk, client, compare, families, mappings, parking
from search.meaning import vectors
from search.models import IndexBuild, SearchDocument

logger = logging.getLogger(__name__)

PAGE = 250  # rows; more at once take a busy server too long
SENDERS = 4  # bulk requests under way at once
ROUNDS = 3  # of comparing and mending before giving up
BUSY_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before rows are sent again that were too many


class RebuildFailed(Exception):
    """The new index does not agree with the table, or there is none to go back to."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a rebuild is: `done` of `total` rows filled, or compared in the end."""

    what: Literal["fill", "copy", "check"]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A finished rebuild; `refused` rows are not in the index, their errors are in the log."""

    index: str
    rows: int
    refused: int


Progress = Callable[[Step], None]
Steps = Generator[Step, None, Rebuilt | None]


def rebuild(
    language: str, *, now: datetime, progress: Progress = lambda step: None
) -> Rebuilt | None:
    """Rebuild the index of a language; None when somebody else is doing so right now.

    Goes on where a killed rebuild stopped. Must not run inside a transaction. Raises
    client.SearchUnavailable (the next call goes on), builds.LeaseLost and RebuildFailed; the
    former index then goes on serving.
    """
    return run(steps(language, now=now), progress)


def roll_back(
    language: str, *, now: datetime, progress: Progress = lambda step: None
) -> Rebuilt | None:
    """Bring the index that served before up to date and let it serve again.

    None when somebody else is building. Raises as `rebuild`; RebuildFailed also when no index of
    this mapping was kept.
    """
    return run(steps(language, now=now, is_rollback=True), progress)


def run(steps: Steps, progress: Progress = lambda step: None) -> Rebuilt | None:
    """Go through all steps at once."""
    with closing(steps):
        while True:
            try:
                progress(next(steps))
            except StopIteration as stop:
                result: Rebuilt | None = stop.value
                return result


def steps(language: str, *, now: datetime, is_rollback: bool = False) -> Steps:
    """Yield after each short step of a rebuild; return what came of it, as `rebuild` does.

    Between two steps no transaction is open. Whoever stops early leaves a build that can be
    gone on with.
    """
    build = builds.claim(language, now=now)
    if build is None:
        return None
    try:
        _prepare(build, is_rollback=is_rollback)
        refused: set[str] = set()
        yield from _fill(build, refused)
        yield from _copy(build)
        yield from _check(build, refused)
        former = families.serving(language)
        families.swap(language, build.index)
    except RebuildFailed:
        builds.end(build)
        raise
    except BaseException:
        builds.release(build)
        raise
    builds.end(build)
    _try_parked_again(language, refused)
    families.drop(language, keep={build.index, former})
    logger.info("index rebuilt", extra={"index": build.index, "rows": build.rows_done})
    return Rebuilt(index=build.index, rows=build.rows_done, refused=len(refused))


def _prepare(build: IndexBuild, *, is_rollback: bool) -> None:
    """Register an index to be filled, unless a killed builder left one to go on with."""
    language = build.language
    if (
        mappings.version_of(build.index) == mappings.VERSION
        and families.is_building(language, build.index)
        and not is_rollback
    ):
        return
    serving = families.serving(language)
    fresh: dict[str, int] = dict.fromkeys(("filled_to", "fill_until", "rows_done", "rows_total"), 0)
    if is_rollback:
        earlier = [name for name in families.kept(language) if name not in (serving, build.index)]
        if not earlier or mappings.version_of(earlier[0]) != mappings.VERSION:
            raise RebuildFailed(f"No earlier index of {language!r} fits this code.")
        families.begin(language, earlier[0])
        # Nothing to fill: the comparison finds what has changed since.
        builds.note(build, index=earlier[0], **fresh)
        return
    families.drop(language, keep={serving})
    index = mappings.index_name(language, now=timezone.now())
    families.create(language, index)
    builds.note(build, index=index, **fresh)
    # Only now, when the worker ships here as well: later rows need no scan, so busy writers
    # cannot keep us going.
    rows = SearchDocument.objects.filter(language=language)
    newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
    builds.note(build, fill_until=newest, rows_total=rows.filter(pk__lte=newest).count())


def _fill(build: IndexBuild, refused: set[str]) -> Iterator[Step]:
    """Write the rows of the table to the new index, several requests at once."""
    rows = SearchDocument.objects.filter(language=build.language, pk__lte=build.fill_until)
    # What only the database's own full text reads would be half of the memory.
    rows = rows.defer("title_n", "summary_n", "body_n", "labels_n").order_by("pk")
    read_to = build.filled_to
    under_way: deque[tuple[int, int, Future[set[str]]]] = deque()
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="search-fill") as senders:
        while True:
            while len(under_way) <= SENDERS and (page := list(rows.filter(pk__gt=read_to)[:PAGE])):
                read_to = page[-1].pk
                # Read here: a sender would open a connection of its own for every page.
                page = list(vectors.attached(page))
                written = senders.submit(_write, build.language, page)
                under_way.append((read_to, len(page), written))
            if not under_way:
                return
            last, count, written = under_way.popleft()
            refused |= written.result()
            builds.note(build, filled_to=last, rows_done=build.rows_done + count)
            yield Step("fill", build.rows_done, build.rows_total)


def _write(language: str, rows: list[SearchDocument]) -> set[str]:
    """Write rows with their vectors to the index being built; return the keys it refuses.

    Runs in threads, and so asks the database nothing.

    Raises client.SearchUnavailable, when the server is overloaded only after some patience.
    """
    aliases = {language: [mappings.building_alias(language)]}
    refused = set()
    for pause in (*BUSY_PAUSES, None):
        busy = []
        for outcomes in bulk.send(rows, aliases, refresh=False):
            for outcome in outcomes:
                if outcome.fate == "refused":
                    refused.add(outcome.row.key)
                    logger.warning("row refused by the index", extra={"key": outcome.row.key})
                elif outcome.fate == "busy" and pause:
                    busy.append(outcome.row)
                elif outcome.fate != "ok":
                    raise client.SearchUnavailable(outcome.error)
        if not busy or pause is None:
            break
        rows = busy
        time.sleep(pause)
    return refused


def _copy(build: IndexBuild) -> Iterator[Step]:
    """Give the filled index its replicas, so that it outlives a node from its first answer on."""
    families.finish(build.language, build.index)
    while not families.is_copied(build.index, seconds=1):
        builds.note(build)
        yield Step("copy", build.rows_done, build.rows_total)


def _check(build: IndexBuild, refused: set[str]) -> Iterator[Step]:
    """Compare the new index with the table, key by key, and mend it until nothing is missing.

    What is waiting for the worker in the table may still differ: it is shipped to whatever
    serves then.
    """
    language = build.language
    for _ in range(ROUNDS):
        settled = done = 0
        for page in compare.pages(language, alias=mappings.building_alias(language)):
            done += page.compared
            builds.note(build)
            keys = {difference.key for difference in page.differences} - refused
            if keys:
                rows = compare.rows_of(keys)
                settled += len(keys) - sum(row.version > row.shipped_version for row in rows)
                refused |= _write(language, list(vectors.attached(rows)))
            yield Step("check", done, max(done, build.rows_total))
        if not settled:
            return
    raise RebuildFailed(f"{settled} rows of {language!r} differ after filling; see search_rebuild.")


def _try_parked_again(language: str, refused: set[str]) -> None:
    """Ship again what only the former index refused, an old mapping for instance."""
    rows = parking.parked().filter(language=language)
    parking.try_again(ids=[row.pk for row in rows.iterator() if row.key not in refused])
