"""Answer from words and meaning together: the first hundred reordered, the rest as words say.

A walk through the results (search.cursor) remembers what it has shown among the reordered, because
a meaning that comes too late on one page reorders the next one differently; behind them it follows
the words and leaves out what only the meaning had brought forward.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search import client, query
from search.cursor import Cursor, SortValue, digest, digests
from search.meaning import encoders, near
from search.merge import Scored, merge
from search.query import BASE_LANGUAGE, OWN_LANGUAGE
from search.results import Criteria, Found

Answer = dict[str, Any]
MIN_COSINE = 0.15  # below it texts have nothing in common


@dataclass(frozen=True, slots=True)
class Merged:
    """One page of hits, the answer by words (with the counts), the number of hits, what follows.

    Counts are hits by words; the number is larger only where meaning alone found something.
    """

    found: list[Found]
    answer: Answer
    total: int
    next: Cursor | None


def search(criteria: Criteria, body: Answer, indices: list[str], *, deadline: float) -> Merged:
    """Return one page; `body` is the request by words.

    Raises client.SearchUnavailable when the words fail; when the meaning fails or is late the words
    answer alone.
    """
    walk = criteria.walk
    if walk and walk.after:
        return _behind(criteria, walk, body, indices, deadline=deadline)
    began = time.monotonic()
    future = near.ask(criteria, indices)
    answer = client.search(indices, query.bare(body), deadline=deadline)
    got = answer["hits"]["hits"]
    words = [_scored(hit, criteria.language) for hit in got]
    total = int(answer["hits"]["total"]["value"])
    meanings = [
        Scored(hit.key, hit.version, hit.cosine)
        for hit in near.answer(future, since=began)
        if hit.cosine >= MIN_COSINE
    ]
    encoder = encoders.current()
    merged = merge(
        words, meanings, is_sentence=criteria.is_sentence, language=criteria.language,
        learned=encoder.languages if encoder else (),
    )  # fmt: skip
    keys = [hit.key for hit in merged]
    if walk:
        shown, rest = walk.shown, [key for key in keys if digest(key) not in walk.shown]
    else:
        shown, rest = digests(keys[: criteria.offset]), keys[criteria.offset :]
    page, following = rest[: criteria.size], None
    if len(rest) > criteria.size:
        following = _cursor(criteria, len(page), shown=shown | digests(page))
    elif total > len(words):
        extra = (shown | digests(keys)) - digests(hit.key for hit in words)
        size = criteria.size - len(page)
        counted = {name: value for name, value in body.items() if name != "aggs"}
        if not walk and criteria.offset > len(keys):
            # A number has to be counted from the first hit, and without what was shown before.
            hidden = sorted(set(keys) - {hit.key for hit in words})
            start = criteria.offset - len(keys) + len(words)
            request = query.bare(counted, hidden=hidden, offset=start, size=size)
            goes_on = start + size < total
        else:
            request = query.bare(counted, after=got[-1]["sort"], size=size + len(extra) + 1)
            goes_on = False
        later = _without(client.search(indices, request, deadline=deadline), extra)
        page += [hit["_id"] for hit in later[:size]]
        if later and (goes_on or len(later) > size):
            last = (later[:size] or got)[-1]
            following = _cursor(criteria, len(page), shown=extra, after=last["sort"])
    found = _marked(criteria, indices, page, deadline=deadline)
    return Merged(found, answer, max(total, len(keys)), following)


def _scored(hit: Answer, language: str) -> Scored:
    """Return a hit with the score of its words alone."""
    found, base = hit["_id"].rpartition("/")[2], language.partition("-")[0]
    bonus = {base: BASE_LANGUAGE, language: OWN_LANGUAGE}.get(found, 0)
    return Scored(hit["_id"], hit["_version"], max(1e-6, hit["_score"] - bonus))


def _cursor(
    criteria: Criteria, got: int, *, shown: frozenset[bytes], after: Sequence[SortValue] = ()
) -> Cursor:
    return Cursor(
        backend="elasticsearch",
        began=criteria.fresh_at,
        position=criteria.passed + got,
        after=tuple(after),
        shown=shown,
    )


def _behind(
    criteria: Criteria, walk: Cursor, body: Answer, indices: list[str], *, deadline: float
) -> Merged:
    """Go on with a walk that has left the reordered hits."""
    request = query.bare(body, after=walk.after, size=criteria.asked + len(walk.shown))
    answer = client.search(indices, request, deadline=deadline)
    total = int(answer["hits"]["total"]["value"])
    hits = _without(answer, walk.shown)
    page, following = hits[: criteria.size], None
    if criteria.goes_on(len(hits), total):
        following = _cursor(criteria, len(page), shown=walk.shown, after=page[-1]["sort"])
    found = _marked(criteria, indices, [hit["_id"] for hit in page], deadline=deadline)
    return Merged(found, answer, total, following)


def _without(answer: Answer, shown: frozenset[bytes]) -> list[Answer]:
    """Return the hits that were not shown."""
    return [hit for hit in answer["hits"]["hits"] if digest(hit["_id"]) not in shown]


def _marked(
    criteria: Criteria, indices: list[str], keys: Sequence[str], *, deadline: float
) -> list[Found]:
    if not keys:
        return []
    answer = client.search(indices, query.marks(criteria, keys), deadline=deadline)
    marked = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
    return [found_of(marked[key]) for key in keys if key in marked]


def found_of(hit: Answer) -> Found:
    """Return a hit of Elasticsearch with its highlights."""
    marks = hit.get("highlight", {})
    return Found(
        key=hit["_id"],
        version=hit["_version"],
        highlights={name: " … ".join(parts) for name, parts in marks.items()},
    )
