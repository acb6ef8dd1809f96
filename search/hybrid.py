"""Answer from words and meaning together: the first hundred reordered, the rest as words say.

A walk through the results (search.cursor) remembers what it has shown among the reordered, because
a meaning that comes too late on one page reorders the next one differently; behind them it follows
the words and leaves out what only the meaning had brought forward.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from search import client, mappings, query
from search.cursor import Cursor, SortValue, digest, digests
from search.meaning import encoders, near
from search.merge import Scored, language_of, merge
from search.query import BASE_LANGUAGE, OWN_LANGUAGE
from search.results import Criteria, Found
from search.word_parts import JOINT

Answer = dict[str, Any]
Ask = Callable[[Answer], Answer]
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
    ask = partial(client.search, indices, deadline=deadline)
    walk = criteria.walk
    if walk and walk.after:
        return _behind(criteria, walk, body, ask, deadline=deadline)
    began = time.monotonic()
    future = near.ask(criteria, indices)
    answer = ask(query.bare(body))
    words = [_scored(hit, criteria.language) for hit in answer["hits"]["hits"]]
    total = int(answer["hits"]["total"]["value"])
    keys = _merged(criteria, words, near.answer(future, since=began))
    if walk:
        shown, rest = walk.shown, [key for key in keys if digest(key) not in walk.shown]
    else:
        shown, rest = digests(keys[: criteria.offset]), keys[criteria.offset :]
    page, following = rest[: criteria.size], None
    if len(rest) > criteria.size:
        following = _cursor(criteria, len(page), shown=shown | digests(page))
    elif total > len(words):
        later, following = _later(criteria, body, answer, keys, shown, got=len(page), ask=ask)
        page += later
    found = _marked(criteria, page, deadline=deadline)
    return Merged(found, answer, max(total, len(keys)), following)


def _merged(criteria: Criteria, words: Sequence[Scored], found: Sequence[near.Near]) -> list[str]:
    """Return the keys of the first hits by words and of what is near in meaning, best first."""
    encoder = encoders.current()
    merged = merge(
        words,
        [Scored(hit.key, hit.version, hit.cosine) for hit in found if hit.cosine >= MIN_COSINE],
        is_sentence=criteria.is_sentence,
        language=criteria.language,
        learned=encoder.languages if encoder else (),
    )
    return [hit.key for hit in merged]


def _later(
    criteria: Criteria,
    body: Answer,
    answer: Answer,
    keys: Sequence[str],
    shown: frozenset[bytes],
    *,
    got: int,
    ask: Ask,
) -> tuple[list[str], Cursor | None]:
    """Return what fills a page behind the reordered hits, of which it has `got`, and what follows.

    `answer` holds the first hits by words, `keys` are the reordered ones.
    """
    words = [hit["_id"] for hit in answer["hits"]["hits"]]
    extra = (shown | digests(keys)) - digests(words)
    size = criteria.size - got
    counted = {name: value for name, value in body.items() if name != "aggs"}
    if not criteria.walk and criteria.offset > len(keys):
        # A number has to be counted from the first hit, and without what was shown before.
        start = criteria.offset - len(keys) + len(words)
        hidden = sorted(set(keys).difference(words))
        request = query.bare(counted, hidden=hidden, offset=start, size=size)
        goes_on = start + size < int(answer["hits"]["total"]["value"])
    else:
        after = answer["hits"]["hits"][-1]["sort"]
        request = query.bare(counted, after=after, size=size + len(extra) + 1)
        goes_on = False
    later = _without(ask(request), extra)
    page, following = later[:size], None
    if later and (goes_on or len(later) > size):
        last = (page or answer["hits"]["hits"])[-1]
        following = _cursor(criteria, got + len(page), shown=extra, after=last["sort"])
    return [hit["_id"] for hit in page], following


def _scored(hit: Answer, language: str) -> Scored:
    """Return a hit with the score of its words alone."""
    found, base = language_of(hit["_id"]), language.partition("-")[0]
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


def _behind(criteria: Criteria, walk: Cursor, body: Answer, ask: Ask, *, deadline: float) -> Merged:
    """Go on with a walk that has left the reordered hits."""
    answer = ask(query.bare(body, after=walk.after, size=criteria.asked + len(walk.shown)))
    total = int(answer["hits"]["total"]["value"])
    hits = _without(answer, walk.shown)
    page, following = hits[: criteria.size], None
    if criteria.goes_on(len(hits), total):
        following = _cursor(criteria, len(page), shown=walk.shown, after=page[-1]["sort"])
    found = _marked(criteria, [hit["_id"] for hit in page], deadline=deadline)
    return Merged(found, answer, total, following)


def _without(answer: Answer, shown: frozenset[bytes]) -> list[Answer]:
    """Return the hits that were not shown."""
    return [hit for hit in answer["hits"]["hits"] if digest(hit["_id"]) not in shown]


def _marked(criteria: Criteria, keys: Sequence[str], *, deadline: float) -> list[Found]:
    """Return hits with their highlights; without those that went meanwhile."""
    if not keys:
        return []
    # Of nine indices one or two have them.
    languages = dict.fromkeys(map(language_of, keys))
    indices = [mappings.alias(language) for language in languages]
    answer = client.search(indices, query.marks(criteria, keys), deadline=deadline)
    marked = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
    return [found_of(marked[key]) for key in keys if key in marked]


def found_of(hit: Answer) -> Found:
    """Return a hit of Elasticsearch with its highlights."""
    marks = hit.get("highlight", {})
    return Found(
        key=hit["_id"],
        version=hit["_version"],
        highlights={name: " … ".join(parts).replace(JOINT, "") for name, parts in marks.items()},
    )
