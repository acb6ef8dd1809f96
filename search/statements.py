"""The SQL by which the database answers: what is found, in which order, how it is counted.

Put together from constant fragments only; every value is a parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from search.cursor import SortValue
from search.distance import NEARNESS_SCALE, NEARNESS_WEIGHT, Near, chord, vector
from search.regions import facet_prefixes
from search.results import Criteria

FACET_SIZE = 100  # values counted of one facet
# Of the straight line between two points on a globe of radius 1.
_SQUARE = "(p.x - %s) * (p.x - %s) + (p.y - %s) * (p.y - %s) + (p.z - %s) * (p.z - %s)"
_FAR = 9.0  # squared line to what has no place: farther than the other side of the globe

Counts = list[tuple[str, int]]


@dataclass
class _Sql:
    """A growing query: constant text and its parameters, always in step."""

    text: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def add(self, text: str, *params: Any) -> None:
        """Append a fragment with the parameters of its placeholders."""
        self.text.append(text)
        self.params.extend(params)

    def rows(self) -> list[tuple]:
        """Run it."""
        with connection.cursor() as cursor:
            cursor.execute(" ".join(self.text), self.params)
            return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Row:
    """A hit and what it was sorted by."""

    key: str
    version: int
    sort: tuple[SortValue, ...]


def page(criteria: Criteria, match: str, *, first: str = "") -> list[Row]:
    """Return the hits of a page in their order; `match` is a full-text expression or empty.

    What also meets the expression `first` stands on top.
    """
    order = _order(criteria, match, first)
    sql = _Sql()
    sql.add("SELECT d.kind, d.item, d.language, d.version")
    for term in order:
        sql.add(f", {term.sql}", *term.params)
    _from(sql, criteria, match)
    if criteria.after:
        _add_after(sql, order, criteria.after)
    sql.add("ORDER BY")
    sql.add(", ".join(f"{5 + n} {'DESC' if t.is_falling else 'ASC'}" for n, t in enumerate(order)))
    sql.add("LIMIT %s OFFSET %s", criteria.asked, 0 if criteria.after else criteria.passed)
    return [
        Row(f"{kind}/{item}/{language}", version, tuple(map(_plain, sort)))
        for kind, item, language, version, *sort in sql.rows()
    ]


def kinds(criteria: Criteria, match: str) -> Counts:
    """Count all hits by kind, the chosen kinds or not."""
    sql = _Sql()
    sql.add("SELECT d.kind, COUNT(*)")
    _from(sql, criteria, match, without="kind")
    sql.add("GROUP BY d.kind ORDER BY COUNT(*) DESC, d.kind")
    return [(kind, count) for kind, count in sql.rows()]


def facets(criteria: Criteria, match: str) -> dict[str, Counts]:
    """Count the values of all facets: each by the selections of the others.

    Facets in which nothing is chosen are counted together.
    """
    chosen = [name for name in criteria.facet_names if criteria.facets.get(name)]
    free = [name for name in criteria.facet_names if name not in chosen]
    prefixes = facet_prefixes(criteria.region.keys if criteria.region else ())
    counts = _values(criteria, match, free, prefixes=prefixes)
    for name in chosen:
        counts |= _values(criteria, match, [name], without=name)
    return counts


@dataclass(frozen=True, slots=True)
class _Term:
    """Something to sort by."""

    sql: str
    params: tuple[Any, ...] = ()
    is_falling: bool = False


def _order(criteria: Criteria, match: str, first: str) -> list[_Term]:
    terms = []
    if criteria.sort == "distance" and criteria.near:
        terms.append(_Term(*_line(criteria.near)))
    if match and criteria.sort == "relevance":
        # The reader's own language first, then what means the same in others.
        base = criteria.language.partition("-")[0]
        tier = "CASE d.language WHEN %s THEN 0 WHEN %s THEN 1 ELSE 2 END"
        terms.append(_Term(tier, (criteria.language, base)))
        if first:
            terms.append(_meets(first))
        terms.append(_score(criteria, match))
    # Of two pages none shows the same item.
    return [*terms, _Term("d.published_at", is_falling=True), _Term("d.item"), _Term("d.kind")]


def _meets(match: str) -> _Term:
    if connection.vendor == "postgresql":
        meets = "(d.fulltext @@ to_tsquery('simple', %s))::int"
    else:
        meets = "(d.id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s))"
    return _Term(meets, (match,), is_falling=True)


def _score(criteria: Criteria, match: str) -> _Term:
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
    return _Term(score, params, is_falling=True)


def _line(near: Near) -> tuple[str, tuple[Any, ...]]:
    """Return the square of the straight line to the nearest place of a document, in SQL."""
    x, y, z = vector(near.point)
    nearest = f"(SELECT MIN({_SQUARE}) FROM search_searchpoint p WHERE p.document_id = d.id)"  # noqa: S608 - constant
    return (
        f"COALESCE({nearest}, %s)",
        (x, x, y, y, z, z, _FAR),
    )


def _add_after(sql: _Sql, order: Sequence[_Term], after: Sequence[SortValue]) -> None:
    """Leave out everything up to the hit that was sorted by `after`."""
    sql.add("AND (")
    for number, term in enumerate(order):
        sql.add("OR (" if number else "(")
        for same, value in zip(order[:number], after, strict=False):
            sql.add(f"{same.sql} = %s AND", *same.params, value)
        sql.add(f"{term.sql} {'<' if term.is_falling else '>'} %s)", *term.params, after[number])
    sql.add(")")


def _plain(value: Any) -> SortValue:
    # As SQLite compares times, and PostgreSQL reads them.
    return str(value) if isinstance(value, datetime) else value


def _time(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _from(sql: _Sql, criteria: Criteria, match: str, *, without: str = "", join: str = "") -> None:
    """Add FROM and WHERE: everything but the selection named `without`."""
    if match and connection.vendor == "sqlite":
        # CROSS: the full text comes first. SQLite would else ask it once for every document.
        sql.add("FROM search_fulltext CROSS JOIN search_searchdocument d")
        sql.add("ON d.id = search_fulltext.rowid")
    else:
        sql.add("FROM search_searchdocument d")
    sql.add(join)
    sql.add("WHERE d.is_deleted = %s", False)
    if match and connection.vendor == "sqlite":
        sql.add("AND search_fulltext MATCH %s", match)
    elif match:
        sql.add("AND d.fulltext @@ to_tsquery('simple', %s)", match)
    now = _time(criteria.now)
    sql.add("AND d.visible_from <= %s", now)
    sql.add("AND (d.visible_until IS NULL OR d.visible_until > %s)", now)
    sql.add("AND")
    _has(sql, "answers_for", [criteria.language])
    if criteria.published_from:
        sql.add("AND d.published_at >= %s", _time(criteria.published_from))
    if criteria.published_before:
        sql.add("AND d.published_at < %s", _time(criteria.published_before))
    if criteria.region:
        _add_region(sql, criteria)
    if criteria.near and criteria.near.radius_km is not None:
        _add_radius(sql, criteria.near, criteria.near.radius_km)
    if criteria.kinds and without != "kind":
        sql.add(f"AND d.kind IN ({_marks(criteria.kinds)})", *criteria.kinds)
    for name, values in criteria.facets.items():
        if values and without != name:
            sql.add("AND")
            _has(sql, f"facet:{name}", values)


def _has(sql: _Sql, name: str, values: Sequence[str]) -> None:
    sql.add("EXISTS (SELECT 1 FROM search_searchterm t WHERE t.document_id = d.id")
    sql.add(f"AND t.field = %s AND t.value IN ({_marks(values)}))", name, *values)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _add_region(sql: _Sql, criteria: Criteria) -> None:
    region = criteria.region
    assert region is not None  # noqa: S101 - for the type checker; the caller asked
    sql.add("AND (")
    _has(sql, "region_path", region.keys)
    if region.above and region.serving:
        serving = sorted(region.serving)
        sql.add(f"OR (d.kind IN ({_marks(serving)}) AND", *serving)
        _has(sql, "region", region.above)
        sql.add(")")
    sql.add(")")


def _add_radius(sql: _Sql, near: Near, radius_km: float) -> None:
    """Add the radius: a cube around the point for the index, then the line itself."""
    x, y, z = vector(near.point)
    side = chord(radius_km)
    sql.add("AND d.id IN (SELECT p.document_id FROM search_searchpoint p")
    sql.add("WHERE p.z BETWEEN %s AND %s", z - side, z + side)
    sql.add("AND p.x BETWEEN %s AND %s", x - side, x + side)
    sql.add("AND p.y BETWEEN %s AND %s", y - side, y + side)
    sql.add(f"AND {_SQUARE} <= %s)", x, x, y, y, z, z, side * side)


def _values(
    criteria: Criteria,
    match: str,
    names: Sequence[str],
    *,
    without: str = "",
    prefixes: Sequence[tuple[str, int]] = (),
) -> dict[str, Counts]:
    """Count the values of facets, and of regions with given beginnings and numbers of digits."""
    counts: dict[str, Counts] = {name: [] for name in names}
    sql = _Sql()
    sql.add("SELECT v.field, v.value, COUNT(*)")
    _from(
        sql, criteria, match, without=without,
        join="JOIN search_searchterm v ON v.document_id = d.id",
    )  # fmt: skip
    fields = [f"facet:{name}" for name in names]
    sql.add(f"AND (v.field IN ({_marks(fields)})" if fields else "AND (1 = 0", *fields)
    for prefix, length in prefixes:
        sql.add("OR (v.field = 'region_path' AND LENGTH(v.value) = %s AND v.value LIKE %s)")
        sql.params += [length, f"{prefix}%"]
    sql.add(") GROUP BY v.field, v.value ORDER BY COUNT(*) DESC, v.value")
    if prefixes:
        counts["region"] = []
    for name, value, count in sql.rows():
        found = counts["region" if name == "region_path" else name.removeprefix("facet:")]
        if len(found) < FACET_SIZE:
            found.append((value, count))
    return counts
