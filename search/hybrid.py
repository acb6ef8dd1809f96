"""Answer from words and meaning together: the first hundred reordered, the rest as words say."""

import time
from collections.abc import Sequence
from typing import Any

from search import client, query
from search.meaning import encoders, near
from search.merge import Scored, merge
from search.query import BASE_LANGUAGE, OWN_LANGUAGE
from search.results import Criteria, Found

Answer = dict[str, Any]
MIN_COSINE = 0.15  # below it texts have nothing in common


def search(
    criteria: Criteria, body: Answer, indices: list[str], *, deadline: float
) -> tuple[list[Found], Answer, int]:
    """Return one page of hits, the answer by words (with the counts) and the number of hits.

    `body` is the request by words. Counts are hits by words; the number is larger only where
    meaning alone found something. Raises client.SearchUnavailable when the words fail; when the
    meaning fails or is late the words answer alone.
    """
    began = time.monotonic()
    future = near.ask(criteria, indices)
    answer = client.search(indices, query.bare(body), deadline=deadline)
    words = [_scored(hit, criteria.language) for hit in answer["hits"]["hits"]]
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
    page = merged[criteria.offset : criteria.offset + criteria.size]
    if len(page) < criteria.size and total > len(words):
        page += _later(criteria, body, indices, merged, words, len(page), deadline=deadline)
    found = _marked(criteria, indices, page, deadline=deadline)
    return found, answer, max(total, len(merged))


def _scored(hit: Answer, language: str) -> Scored:
    """Return a hit with the score of its words alone."""
    found, base = hit["_id"].rpartition("/")[2], language.partition("-")[0]
    bonus = {base: BASE_LANGUAGE, language: OWN_LANGUAGE}.get(found, 0)
    return Scored(hit["_id"], hit["_version"], max(1e-6, hit["_score"] - bonus))


def _later(
    criteria: Criteria,
    body: Answer,
    indices: list[str],
    merged: Sequence[Scored],
    words: Sequence[Scored],
    shown: int,
    *,
    deadline: float,
) -> list[Scored]:
    """Return hits behind the merged ones, in the order of the words, none of them again."""
    extra = {hit.key for hit in merged} - {hit.key for hit in words}
    start = max(0, criteria.offset - len(merged)) + len(words)
    rest = query.bare(body, hidden=sorted(extra), offset=start, size=criteria.size - shown)
    answer = client.search(indices, rest, deadline=deadline)
    return [_scored(hit, criteria.language) for hit in answer["hits"]["hits"]]


def _marked(
    criteria: Criteria, indices: list[str], page: Sequence[Scored], *, deadline: float
) -> list[Found]:
    if not page:
        return []
    request = query.marks(criteria, [hit.key for hit in page])
    answer = client.search(indices, request, deadline=deadline)
    marked = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
    return [found_of(marked[hit.key]) for hit in page if hit.key in marked]


def found_of(hit: Answer) -> Found:
    """Return a hit of Elasticsearch with its highlights."""
    marks = hit.get("highlight", {})
    return Found(
        key=hit["_id"],
        version=hit["_version"],
        highlights={name: " … ".join(parts) for name, parts in marks.items()},
    )
