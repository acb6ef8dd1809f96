"""Answer a search from the database: the embedded default, and while Elasticsearch is away.

Same criteria, same visibility, same structure as the index. The SQL below is put together from
constant fragments only; every value is a parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from search.highlight import MIN_PREFIX
from search.normalise import tokens
from search.regions import facet_prefixes
from search.results import Criteria, EngineAnswer, Found
from search.stopwords import STOP_WORDS

MAX_WORDS = 32  # of one question; more only cost time
RELAX_BELOW = 3  # results with all words, below which any word will do
FACET_SIZE = 100  # values counted of one facet


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


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts."""
    match, total, is_relaxed = _matching(criteria)
    if criteria.q and not match:
        return EngineAnswer(found=[], total=0, facets=_no_facets(criteria), is_relaxed=False)
    return EngineAnswer(
        found=_page(criteria, match) if criteria.offset < total else [],
        total=total,
        facets=_facets(criteria, match),
        is_relaxed=is_relaxed,
    )


def total(criteria: Criteria, *, every: bool = False) -> int:
    """Return the number of results; with `every` only those that hold all words."""
    return _matching(criteria, may_relax=not every)[1]


def _matching(criteria: Criteria, *, may_relax: bool = True) -> tuple[str, int, bool]:
    """Return the full-text expression, how many fit it, and whether any word was enough."""
    wanted = _alternatives(criteria)
    if criteria.q and not wanted:
        return "", 0, False
    is_any = criteria.is_sentence and may_relax
    match = _match(wanted, every=not is_any)
    found = _count(criteria, match)
    if may_relax and not is_any and found < RELAX_BELOW and len(wanted) > 1:
        loose = _match(wanted, every=False)
        loosely = _count(criteria, loose)
        if loosely > found:
            return loose, loosely, True
    return match, found, False


# What may stand for one stretch of a question: each a row of words that must all be there.
_Alternatives = list[list[tuple[str, ...]]]


def _alternatives(criteria: Criteria) -> _Alternatives:
    """Return for each stretch of the question its words, synonyms and translations."""
    if not criteria.groups:
        return [[(word,)] for word in query_words(criteria.q)]
    return [
        [group.words, *(tuple(tokens(term)) for term in (*group.own, *group.source))]
        for group in criteria.groups[:MAX_WORDS]
    ]


def query_words(q: str) -> list[str]:
    """Return the different normalised words of a question that are worth asking for."""
    words = list(dict.fromkeys(tokens(q)))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MAX_WORDS]


def _match(wanted: _Alternatives, *, every: bool) -> str:
    """Return the full-text expression of the database; empty without words.

    Words hold letters and digits only (search.normalise), so nothing in them is an operator.
    """
    if connection.vendor == "postgresql":
        both, either, word = " & ", " | ", _postgresql_word
    else:
        both, either, word = " AND ", " OR ", _sqlite_word
    stretches = []
    for alternatives in wanted:
        terms = [f"({both.join(map(word, words))})" for words in alternatives if words]
        stretches.append(f"({either.join(terms)})")
    return (both if every else either).join(stretches)


def _postgresql_word(word: str) -> str:
    return f"'{word}':*" if len(word) >= MIN_PREFIX else f"'{word}'"


def _sqlite_word(word: str) -> str:
    return f'"{word}"*' if len(word) >= MIN_PREFIX else f'"{word}"'


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


def _count(criteria: Criteria, match: str) -> int:
    sql = _Sql()
    sql.add("SELECT COUNT(*)")
    _from(sql, criteria, match)
    return int(sql.rows()[0][0])


def _page(criteria: Criteria, match: str) -> list[Found]:
    sql = _Sql()
    sql.add("SELECT d.kind, d.item, d.language, d.version")
    _from(sql, criteria, match)
    sql.add("ORDER BY")
    if match and criteria.sort == "relevance":
        # The reader's own language first, then what means the same in others.
        base = criteria.language.partition("-")[0]
        sql.add(
            "CASE d.language WHEN %s THEN 0 WHEN %s THEN 1 ELSE 2 END,", criteria.language, base
        )
        if connection.vendor == "postgresql":
            sql.add(
                "ts_rank_cd(%s::float4[], d.fulltext, to_tsquery('simple', %s), 1) DESC,",
                [0.25, 0.375, 0.5, 1.0],  # body, labels, summary, title
                match,
            )
        else:
            sql.add("bm25(search_fulltext, 4.0, 2.0, 1.5, 1.0),")
    sql.add("d.published_at DESC, d.id DESC LIMIT %s OFFSET %s", criteria.size, criteria.offset)
    return [
        Found(key=f"{kind}/{item}/{language}", version=version, highlights=None)
        for kind, item, language, version in sql.rows()
    ]


def _no_facets(criteria: Criteria) -> dict[str, list[tuple[str, int]]]:
    return {name: [] for name in ("kind", "region", *criteria.facet_names)}


def _facets(criteria: Criteria, match: str) -> dict[str, list[tuple[str, int]]]:
    facets = {"kind": _kinds(criteria, match), "region": _regions(criteria, match)}
    for name in criteria.facet_names:
        facets[name] = _terms(criteria, match, f"facet:{name}", without=name)
    return facets


def _kinds(criteria: Criteria, match: str) -> list[tuple[str, int]]:
    sql = _Sql()
    sql.add("SELECT d.kind, COUNT(*)")
    _from(sql, criteria, match, without="kind")
    sql.add("GROUP BY d.kind ORDER BY COUNT(*) DESC, d.kind")
    return [(kind, count) for kind, count in sql.rows()]


def _terms(
    criteria: Criteria,
    match: str,
    name: str,
    *,
    without: str,
    prefixes: Sequence[tuple[str, int]] = (),
) -> list[tuple[str, int]]:
    """Count the values of a field; of given prefixes only those of a given length."""
    sql = _Sql()
    sql.add("SELECT v.value, COUNT(*)")
    _from(
        sql, criteria, match, without=without,
        join="JOIN search_searchterm v ON v.document_id = d.id",
    )  # fmt: skip
    sql.add("AND v.field = %s", name)
    if prefixes:
        sql.add("AND (")
        for number, (prefix, length) in enumerate(prefixes):
            sql.add("OR" if number else "")
            sql.add("(v.value LIKE %s AND LENGTH(v.value) = %s)", f"{prefix}%", length)
        sql.add(")")
    sql.add("GROUP BY v.value ORDER BY COUNT(*) DESC, v.value LIMIT %s", FACET_SIZE)
    return [(value, count) for value, count in sql.rows()]


def _regions(criteria: Criteria, match: str) -> list[tuple[str, int]]:
    prefixes = facet_prefixes(criteria.region.keys if criteria.region else ())
    return _terms(criteria, match, "region_path", without="", prefixes=prefixes)
