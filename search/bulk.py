"""Send rows to the index and sort out, row by row, what became of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search import client, sources
from search.models import SearchDocument

# ok: the index holds this version or a newer one. missing: the alias does not exist. busy: the
# server cannot now (overloaded, read-only). refused: this row will never do.
Fate = Literal["ok", "missing", "busy", "refused"]

MAX_BYTES = 5_000_000  # of one request; Elasticsearch refuses over 100 MB
_OK = {200, 201, 409}  # 409: it holds a newer version
_REFUSED = {400, 413}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row, in the worst of its targets."""

    row: SearchDocument
    fate: Fate
    error: str = ""


def send(
    rows: Iterable[SearchDocument], aliases: dict[str, list[str]], *, refresh: bool
) -> Iterator[list[Outcome]]:
    """Yield the outcomes of rows, request by request; `aliases` are the targets by language.

    The rows have their vectors (meaning.vectors.attached). Asks the database nothing.
    Raises client.SearchUnavailable; what was not yielded by then was perhaps not written.
    """
    batch: list[tuple[SearchDocument, list[bytes]]] = []
    size = 0
    for row in rows:
        try:
            lines = sources.lines(row, aliases[row.language])
        except TypeError as error:
            yield [Outcome(row, "refused", str(error))]
            continue
        length = sum(map(len, lines))
        if batch and size + length > MAX_BYTES:
            yield _send(batch, refresh=refresh)
            batch, size = [], 0
        batch.append((row, lines))
        size += length
    if batch:
        yield _send(batch, refresh=refresh)


def _send(batch: Sequence[tuple[SearchDocument, list[bytes]]], *, refresh: bool) -> list[Outcome]:
    try:
        answer = client.bulk([line for _, lines in batch for line in lines], refresh=refresh)
    except client.RequestRefused as error:
        # One row spoils the whole request: find it by halves.
        if len(batch) == 1:
            return [Outcome(batch[0][0], "refused", str(error))]
        half = len(batch) // 2
        return _send(batch[:half], refresh=refresh) + _send(batch[half:], refresh=refresh)
    items = iter(answer["items"])
    return [
        _worst(row, [next(items)["index"] for _ in range(len(lines) // 2)]) for row, lines in batch
    ]


def _worst(row: SearchDocument, results: Sequence[dict]) -> Outcome:
    outcome = Outcome(row, "ok")
    for result in results:
        status = result["status"]
        if status in _OK:
            continue
        error = result.get("error", {})
        text = f"{status} {error.get('type', '')}: {error.get('reason', '')}"[:1000]
        if status in _REFUSED:
            return Outcome(row, "refused", text)
        outcome = Outcome(row, "missing" if status == 404 else "busy", text)
    return outcome
