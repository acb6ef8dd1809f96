"""In which order the database returns hits: terms of SQL, every value a parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.distance import NEARNESS_SCALE, NEARNESS_WEIGHT, Near, chord, vector
from search.results import Criteria

# Of the straight line between two points on a globe of radius 1.
SQUARE = "(p.x - %s) * (p.x - %s) + (p.y - %s) * (p.y - %s) + (p.z - %s) * (p.z - %s)"
_FAR = 9.0  # squared line to what has no place: farther than the other side of the globe


@dataclass(frozen=True, slots=True)
class Term:
    """Something to sort by."""

    sql: str
    params: tuple[Any, ...] = ()
    is_falling: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """A stretch of a question: what finds it, of how many words that is, how rare they are."""

    match: str
    words: int
    rarity: float


# Of two pages none shows the same item.
_ONCE = (Term("d.published_at", is_falling=True), Term("d.item"), Term("d.kind"))


def by_words(
    criteria: Criteria, match: str, *, first: str = "", weights: Sequence[Weight] = ()
) -> list[Term]:
    """Return the order of what fits the words of `match`; what also meets `first` stands on top.

    `weights` tell PostgreSQL how rare the words are, of which a document may have some only.
    """
    meets = [_meets(first)] if first else []
    score = _score(criteria, match, weights)
    return [_own_language_first(criteria.language), *meets, score, *_ONCE]


def unranked(criteria: Criteria, *, has_words: bool) -> list[Term]:
    """Return the order in which nothing is told from the words: by distance or by date."""
    terms = []
    if criteria.sort == "distance" and criteria.near:
        terms.append(Term(*_line(criteria.near)))
    if has_words and criteria.sort == "relevance":
        terms.append(_own_language_first(criteria.language))
    return [*terms, *_ONCE]


def after(order: Sequence[Term], values: Sequence[Any]) -> tuple[str, list[Any]]:
    """Return the condition that leaves out everything up to the hit sorted by `values`."""
    text, params = [], []
    for number, term in enumerate(order):
        parts = []
        for same, value in zip(order[:number], values, strict=False):
            parts.append(f"{same.sql} = %s")
            params += [*same.params, value]
        parts.append(f"{term.sql} {'<' if term.is_falling else '>'} %s")
        params += [*term.params, values[number]]
        text.append(f"({' AND '.join(parts)})")
    return f"({' OR '.join(text)})", params


def _own_language_first(language: str) -> Term:
    """Sort the reader's own language first, then what means the same in others."""
    base = language.partition("-")[0]
    tier = "CASE d.language WHEN %s THEN 0 WHEN %s THEN 1 ELSE 2 END"
    return Term(tier, (language, base))


def _meets(match: str) -> Term:
    if connection.vendor == "postgresql":
        meets = "(d.fulltext @@ to_tsquery('simple', %s))::int"
    else:
        meets = "(d.id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s))"
    return Term(meets, (match,), is_falling=True)


def _score(criteria: Criteria, match: str, weights: Sequence[Weight]) -> Term:
    """Return how well the words fit, and a quarter more at most for what is near."""
    if connection.vendor == "postgresql":
        score, params = _by_rarity(weights) if weights else _by_nearness(match)
    else:
        score, params = "-bm25(search_fulltext, 4.0, 2.0, 1.5, 1.0)", ()
    if criteria.near:
        line, points = _line(criteria.near)
        score += f" * (1.0 + %s / (1.0 + {line} / %s))"
        params = (*params, NEARNESS_WEIGHT, *points, chord(NEARNESS_SCALE) ** 2)
    return Term(score, params, is_falling=True)


# Of words in body, labels, summary, title. float8 comes back from a cursor as it was.
_FIELDS = [0.25, 0.375, 0.5, 1.0]
_SATURATION = 0.2  # of what PostgreSQL gives a word, at which a document has half its rarity


def _by_nearness(match: str) -> tuple[str, tuple[Any, ...]]:
    """Rank what has all words: the nearer to each other they stand, the better."""
    score = "ts_rank_cd(%s::float4[], d.fulltext, to_tsquery('simple', %s), 1)::float8"
    return score, (_FIELDS, match)


def _by_rarity(weights: Sequence[Weight]) -> tuple[str, tuple[Any, ...]]:
    """Rank what has some of the words as BM25 does, of which PostgreSQL knows only a part.

    It gives a word the mean of all that may stand for it, divided by the length of the text; here
    their sum counts, less and less the larger it is.
    """
    one = (
        "%s * (1 - %s / (%s + %s * ts_rank(%s::float4[], d.fulltext, to_tsquery('simple', %s), 1)))"
    )
    params: list[Any] = []
    for weight in weights:
        params += [weight.rarity, _SATURATION, _SATURATION, weight.words, _FIELDS, weight.match]
    return f"({' + '.join([one] * len(weights))})::float8", tuple(params)


def _line(near: Near) -> tuple[str, tuple[Any, ...]]:
    """Return the square of the straight line to the nearest place of a document, in SQL."""
    x, y, z = vector(near.point)
    nearest = f"(SELECT MIN({SQUARE}) FROM search_searchpoint p WHERE p.document_id = d.id)"  # noqa: S608 - constant
    return f"COALESCE({nearest}, %s)", (x, x, y, y, z, z, _FAR)
