"""The SQL by which the database answers: what is found, and a page of it.

Put together from constant fragments only; every value is a parameter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from search import expressions, ordering, raw
from search.cursor import SortValue
from search.distance import Near, chord, vector
from search.results import Criteria

# A document: id, kind, language, hash of its content.
Match = tuple[int, str, str, str]


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
        return raw.rows(" ".join(self.text), self.params)


@dataclass(frozen=True, slots=True)
class Row:
    """A hit and what it was sorted by."""

    key: str
    version: int
    sort: tuple[SortValue, ...]


def matches(criteria: Criteria, match: str) -> list[Match]:
    """Return everything that is visible and fits, the selected kinds and facets left aside.

    `match` is a full-text expression or empty.
    """
    sql = _Sql()
    sql.add("SELECT d.id, d.kind, d.language, d.content_hash")
    _from(sql, criteria, match, index="INDEXED BY search_fulltext_rows")
    return sql.rows()


def values(ids: Sequence[int]) -> Iterator[tuple[int, str, dict[str, list[str]], list[str]]]:
    """Yield documents with the hash of their content, their facets and paths of regions."""
    sql = _Sql()
    sql.add("SELECT d.id, d.content_hash, d.facets, d.region_paths")
    sql.add("FROM search_searchdocument d WHERE")
    sql.add(*raw.one_of("d.id", ids))
    for pk, content, facets, paths in sql.rows():
        yield pk, content, raw.json(facets), raw.json(paths)


def ids(match: str, *, in_title: bool, among: str = "") -> list[int]:
    """Return what a full-text expression finds, in titles only or anywhere, visible or not.

    `among` is another one that must fit as well.
    """
    if among:
        match = expressions.both(match, among)
    sql = _Sql()
    if connection.vendor == "sqlite":
        sql.add("SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s")
        sql.params.append(f"{{title_n}} : ({match})" if in_title else match)
    else:
        text = "to_tsvector('simple', title_n)" if in_title else "fulltext"
        sql.add("SELECT id FROM search_searchdocument")
        sql.add(f"WHERE {text} @@ to_tsquery('simple', %s)", match)
    return [pk for (pk,) in sql.rows()]


def counts(ids: Sequence[int], expressions: Sequence[str]) -> Sequence[int]:
    """Return how many of some documents each full-text expression finds (PostgreSQL)."""
    sql = _Sql()
    one = "COUNT(*) FILTER (WHERE d.fulltext @@ to_tsquery('simple', %s))"
    sql.add(f"SELECT {', '.join([one] * len(expressions))}", *expressions)
    sql.add("FROM search_searchdocument d WHERE")
    sql.add(*raw.one_of("d.id", ids))
    return sql.rows()[0]


def words(start: str) -> list[str]:
    """Return the different words of titles and names that begin so, visible or not.

    From one to the next by the index: each of them stands there once for every document.
    """
    if connection.vendor == "postgresql":
        # Bytes, as the index for beginnings has it (migration 0004).
        after, before, order = "~>~", "~<~", "USING ~<~"
    else:
        after, before, order = ">", "<", "ASC"
    following = (
        "SELECT t.value FROM search_searchterm t WHERE t.field = 'word'"  # noqa: S608 - constant
        f" AND t.value {after} {{0}} AND t.value {before} %s ORDER BY t.value {order} LIMIT 1"
    )
    sql = _Sql()
    end = f"{start}\U0010ffff"
    sql.add(f"WITH RECURSIVE word (value) AS (SELECT ({following.format('%s')})", start, end)
    onward = following.format("word.value")
    sql.add(f"UNION ALL SELECT ({onward}) FROM word", end)  # noqa: S608 - constant
    sql.add("WHERE word.value IS NOT NULL) SELECT value FROM word WHERE value IS NOT NULL")
    return [word for (word,) in sql.rows()]


def ranked(
    criteria: Criteria,
    match: str,
    *,
    among: Sequence[int],
    first: str,
    weights: Sequence[ordering.Weight],
    after: Sequence[SortValue],
    offset: int,
) -> list[Row]:
    """Return a page of some matches in the order of their words, what meets `first` on top."""
    sql = _Sql()
    order = ordering.by_words(criteria, match, first=first, weights=weights)
    _select(sql, order)
    if connection.vendor == "sqlite":
        sql.add("FROM search_fulltext CROSS JOIN search_searchdocument d")
        sql.add("ON d.id = search_fulltext.rowid WHERE search_fulltext MATCH %s AND", match)
        # The plus: the full text would else be asked once for each of them.
        sql.add(*raw.one_of("+search_fulltext.rowid", among))
    else:
        sql.add("FROM search_searchdocument d WHERE")
        sql.add(*raw.one_of("d.id", among))
    return _page(sql, order, after, limit=criteria.asked, offset=offset)


def unranked(
    criteria: Criteria,
    match: str,
    *,
    without: Sequence[int] = (),
    after: Sequence[SortValue],
    offset: int,
    limit: int,
) -> list[Row]:
    """Return a page of all hits but some, by date or distance."""
    sql = _Sql()
    order = ordering.unranked(criteria, has_words=bool(match))
    _select(sql, order)
    _from(sql, criteria, match, index="INDEXED BY search_fulltext_rows" if match else "")
    _select_only(sql, criteria)
    if without:
        sql.add("AND NOT")
        sql.add(*raw.one_of("d.id", without))
    return _page(sql, order, after, limit=limit, offset=offset)


def _select(sql: _Sql, order: Sequence[ordering.Term]) -> None:
    sql.add("SELECT d.kind, d.item, d.language, d.version")
    for term in order:
        sql.add(f", {term.sql}", *term.params)


def _page(
    sql: _Sql,
    order: Sequence[ordering.Term],
    after: Sequence[SortValue],
    *,
    limit: int,
    offset: int,
) -> list[Row]:
    if after:
        condition, params = ordering.after(order, after)
        sql.add(f"AND {condition}", *params)
    sql.add("ORDER BY")
    sql.add(", ".join(f"{5 + n} {'DESC' if t.is_falling else 'ASC'}" for n, t in enumerate(order)))
    sql.add("LIMIT %s OFFSET %s", limit, offset)
    return [
        Row(f"{kind}/{item}/{language}", version, tuple(map(_plain, sort)))
        for kind, item, language, version, *sort in sql.rows()
    ]


def _plain(value: Any) -> SortValue:
    # As SQLite compares times, and PostgreSQL reads them.
    return str(value) if isinstance(value, datetime) else value


def _from(sql: _Sql, criteria: Criteria, match: str, *, index: str) -> None:
    """Add FROM and WHERE: everything but the selected kinds and facets.

    SQLite reads the columns it needs from an index of their own, where it is named: in the table
    they lie behind the texts.
    """
    if connection.vendor == "sqlite":
        if match:
            # CROSS: the full text comes first. SQLite would else ask it once for every document.
            sql.add(f"FROM search_fulltext CROSS JOIN search_searchdocument d {index}")
            sql.add("ON d.id = search_fulltext.rowid")
        else:
            sql.add(f"FROM search_searchdocument d {index}")
    else:
        sql.add("FROM search_searchdocument d")
    sql.add("WHERE d.is_deleted = %s", False)
    if match and connection.vendor == "sqlite":
        sql.add("AND search_fulltext MATCH %s", match)
    elif match:
        sql.add("AND d.fulltext @@ to_tsquery('simple', %s)", match)
    now = raw.adapted(criteria.now)
    sql.add("AND d.visible_from <= %s", now)
    sql.add("AND (d.visible_until IS NULL OR d.visible_until > %s)", now)
    if connection.vendor == "sqlite":
        sql.add("AND INSTR(d.answers_for, %s) > 0", f'"{criteria.language}"')
    else:
        sql.add("AND d.answers_for @> %s::jsonb", f'"{criteria.language}"')
    if criteria.published_from:
        sql.add("AND d.published_at >= %s", raw.adapted(criteria.published_from))
    if criteria.published_before:
        sql.add("AND d.published_at < %s", raw.adapted(criteria.published_before))
    if criteria.region:
        _add_region(sql, criteria)
    if criteria.near and criteria.near.radius_km is not None:
        _add_radius(sql, criteria.near, criteria.near.radius_km)


def _select_only(sql: _Sql, criteria: Criteria) -> None:
    """Add what the reader has selected."""
    if criteria.kinds:
        sql.add(f"AND d.kind IN ({raw.marks(criteria.kinds)})", *criteria.kinds)
    for name, chosen in criteria.facets.items():
        if chosen:
            sql.add("AND")
            _has(sql, f"facet:{name}", chosen)


def _has(sql: _Sql, name: str, wanted: Sequence[str]) -> None:
    sql.add("d.id IN (SELECT t.document_id FROM search_searchterm t")
    sql.add(f"WHERE t.field = %s AND t.value IN ({raw.marks(wanted)}))", name, *wanted)


def _add_region(sql: _Sql, criteria: Criteria) -> None:
    region = criteria.region
    assert region is not None  # noqa: S101 - for the type checker; the caller asked
    sql.add("AND (")
    _has(sql, "region_path", region.keys)
    if region.above and region.serving:
        serving = sorted(region.serving)
        sql.add(f"OR (d.kind IN ({raw.marks(serving)}) AND", *serving)
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
    sql.add(f"AND {ordering.SQUARE} <= %s)", x, x, y, y, z, z, side * side)
