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


# Of two pages none shows the same item.
_ONCE = (Term("d.published_at", is_falling=True), Term("d.item"), Term("d.kind"))


def by_words(criteria: Criteria, match: str, *, first: str = "") -> list[Term]:
    """Return the order of what fits the words of `match`; what also meets `first` stands on top."""
    meets = [_meets(first)] if first else []
    return [_own_language_first(criteria.language), *meets, _score(criteria, match), *_ONCE]


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


def _score(criteria: Criteria, match: str) -> Term:
    """Return how well the words fit, and a quarter more at most for what is near."""
    if connection.vendor == "postgresql":
        # body, labels, summary, title; float8 comes back from a cursor as it was.
        score = "ts_rank_cd(%s::float4[], d.fulltext, to_tsquery('simple', %s), 1)::float8"
        params: tuple[Any, ...] = ([0.25, 0.375, 0.5, 1.0], match)
    else:
        score, params = "-bm25(search_fulltext, 4.0, 2.0, 1.5, 1.0)", ()
    if criteria.near:
        line, points = _line(criteria.near)
        score += f" * (1.0 + %s / (1.0 + {line} / %s))"
        params = (*params, NEARNESS_WEIGHT, *points, chord(NEARNESS_SCALE) ** 2)
    return Term(score, params, is_falling=True)


def _line(near: Near) -> tuple[str, tuple[Any, ...]]:
    """Return the square of the straight line to the nearest place of a document, in SQL."""
    x, y, z = vector(near.point)
    nearest = f"(SELECT MIN({SQUARE}) FROM search_searchpoint p WHERE p.document_id = d.id)"  # noqa: S608 - constant
    return f"COALESCE({nearest}, %s)", (x, x, y, y, z, z, _FAR)
