"""Documents that hold words like a misspelt one: where corrections are taken from.

What comes back are documents that this reader may find; their words are read from the table.
"""

import time
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from search import client, engines, hybrid, query, selectors, statements
from search.normalise import fold
from search.results import Criteria, Found
from search.rows import visible_rows
from search.spelling import near
from search.suggestions.database import with_words
from search.wording import Body

SIZE = 20  # documents
MAX_WORDS = 3  # misspelt ones of a question
SPELLINGS = 5  # looked for in place of one


def texts(criteria: Criteria, words: Sequence[str], *, now: datetime) -> list[str]:
    """Return titles and names of public documents with words that few errors part from `words`.

    Of the criteria the reader and the time count, not the filters. The database looks among
    words with the same first letter.
    """
    words = words[:MAX_WORDS]
    asked = Criteria(q=" ".join(words), language=criteria.language, now=now, size=SIZE)
    found, _backend = engines.ask(
        asked,
        index=lambda each: _by_index(each, words),
        database=lambda each: _by_table(each, words),
    )
    rows = visible_rows(found, language=criteria.language, now=now)
    return [text for row in rows.values() for text in (row["title"], *row["names"])]


def body(criteria: Criteria, words: Sequence[str]) -> Body:
    """Return the request for documents with any of the words or one like it in the title."""
    like: list[Body] = [
        {"match": {field: {"query": word, "fuzziness": "AUTO:4,8"}}}
        for word in words
        for field in ("title.plain", "names")
    ]
    return {
        "query": {"bool": {**query.public(criteria), "should": like, "minimum_should_match": 1}},
        "size": criteria.size,
        "track_total_hits": False,
        "version": True,
        "_source": False,
    }


def _by_index(criteria: Criteria, words: Sequence[str]) -> list[Found]:
    deadline = time.monotonic() + client.QUERY_BUDGET
    indices = selectors.indices(criteria.language)
    answer = client.search(indices, body(criteria, words), deadline=deadline)
    return [hybrid.found_of(hit) for hit in answer["hits"]["hits"]]


def _by_table(criteria: Criteria, words: Sequence[str]) -> list[Found]:
    spellings = [spelling for word in words for spelling in _spellings(fold(word))]
    return with_words(criteria, [Q(value__in=spellings)]) if spellings else []


def _spellings(form: str) -> list[str]:
    return near(form, statements.words(form[:1]))[:SPELLINGS]
