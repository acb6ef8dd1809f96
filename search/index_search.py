"""Ask Elasticsearch: all words first, any word only when too few have all; a sentence at once."""

import time
from dataclasses import replace
from typing import Any

from search import client, hybrid, query, selectors, vocabulary
from search.cursor import Cursor
from search.facets import counted
from search.meaning import encoders
from search.results import Criteria, EngineAnswer, Found
from search.shape import content_words
from search.wording import Body

RELAX_BELOW = 3  # results with all words, below which any word will do


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts. Raises client.SearchUnavailable.

    All steps together stay inside one time budget. A walk goes on as it was begun: with all words
    or with any.
    """
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = selectors.indices(criteria.language)
    walk = criteria.walk
    if criteria.is_sentence:
        body = query.sentence(forgiving(criteria))
        return _with_meaning(criteria, body, indices, deadline=deadline)
    if not (walk and walk.is_relaxed):
        strict = _by_words(criteria, query.strict(criteria), indices, deadline=deadline)
        if walk or not criteria.q or strict.total >= RELAX_BELOW:
            return strict
    body = query.relaxed(forgiving(criteria))
    relaxed = _with_meaning(criteria, body, indices, deadline=deadline)
    if not walk and relaxed.total <= strict.total:
        return strict
    following = relaxed.next and replace(relaxed.next, is_relaxed=True)
    return replace(relaxed, is_relaxed=True, next=following)


def forgiving(criteria: Criteria) -> Criteria:
    """Return the criteria with the words that may be mistyped, or what a sentence means by them.

    One statement where every word is known; in a sentence one more for each that is not.
    """
    if criteria.is_sentence:
        content = content_words(criteria.q, criteria.language)
        return replace(criteria, meant=vocabulary.meant(content))
    return replace(criteria, mistyped=vocabulary.mistyped(criteria.q))


def _by_words(
    criteria: Criteria, body: Body, indices: list[str], *, deadline: float
) -> EngineAnswer:
    answer = client.search(indices, body, deadline=deadline)
    got = answer["hits"]["hits"]
    total = int(answer["hits"]["total"]["value"])
    hits = got[: criteria.size]
    following = None
    if hits and criteria.goes_on(len(got), total):
        following = Cursor(
            backend="elasticsearch",
            began=criteria.fresh_at,
            position=criteria.passed + len(hits),
            after=tuple(hits[-1]["sort"]),
        )
    return _answer(criteria, [hybrid.found_of(hit) for hit in hits], answer, total, following)


def _with_meaning(
    criteria: Criteria, body: Body, indices: list[str], *, deadline: float
) -> EngineAnswer:
    """Answer a request by words, joined by what is near in meaning where there is an encoder."""
    if criteria.sort != "relevance" or encoders.current() is None:
        return _by_words(criteria, body, indices, deadline=deadline)
    merged = hybrid.search(criteria, body, indices, deadline=deadline)
    return _answer(criteria, merged.found, merged.answer, merged.total, merged.next)


def _answer(
    criteria: Criteria,
    found: list[Found],
    answer: dict[str, Any],
    total: int,
    following: Cursor | None,
) -> EngineAnswer:
    return EngineAnswer(
        found=found,
        total=total,
        facets=counted(criteria, answer),
        is_relaxed=False,
        next=following,
    )
