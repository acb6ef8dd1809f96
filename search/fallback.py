"""Answer a search from the database: the embedded default, and while Elasticsearch is away.

Same criteria, same visibility, same structure as the index. What fits is read once; counts, total
and page come from that (search.tally, search.likeliest). The SQL stands in search.statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search import expressions, raw, statements
from search.cursor import Cursor
from search.likeliest import likeliest
from search.ordering import Weight
from search.results import Criteria, EngineAnswer, Found
from search.tally import Tally, tally

RELAX_BELOW = 3  # results with all words, below which any word will do
# Results with all words, typing errors forgiven, with which nobody looks for those with some.
ENOUGH = 20
_RANKED, _OTHERS = 1, 0  # the two parts of a long result, as cursors name them


@raw.by_index()
def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts.

    A walk goes on as it was begun: with all words or with any.
    """
    walk = criteria.walk
    matching = _matching(criteria)
    total = len(matching.tally.hits)
    is_there = walk or criteria.offset < total
    rows = _page(criteria, matching) if is_there else []
    page = rows[: criteria.size]
    following = None
    if page and criteria.goes_on(len(rows), total):
        following = Cursor(
            backend="database", began=criteria.fresh_at, is_relaxed=matching.is_relaxed,
            position=criteria.passed + len(page), after=page[-1].sort,
        )  # fmt: skip
    return EngineAnswer(
        found=[Found(key=row.key, version=row.version, highlights=None) for row in page],
        total=total,
        facets=matching.tally.facets,
        is_relaxed=matching.is_relaxed,
        next=following,
    )


@raw.by_index()
def total(criteria: Criteria, *, every: bool = False) -> int:
    """Return the number of results; with `every` only those that hold all words."""
    return len(_matching(criteria, may_relax=not every).tally.hits)


@dataclass(frozen=True, slots=True)
class _Matching:
    """What fits: documents with `every` stretch of the words, or with any of them.

    Relaxed: of the words that were typed some may be missing.
    """

    wanted: expressions.Alternatives
    every: bool
    tally: Tally
    is_relaxed: bool = False


def _matching(criteria: Criteria, *, may_relax: bool = True) -> _Matching:
    """Match all words; any of them, typing errors forgiven, where too few have all."""
    wanted = expressions.alternatives(criteria)
    if criteria.q and not wanted:
        return _Matching([], True, tally(criteria, []))
    walk = criteria.walk
    if walk and walk.is_relaxed:
        return _loose(criteria, wanted)
    is_any = criteria.is_sentence and may_relax
    if is_any:
        wanted = expressions.forgiven(wanted)
    strict = _Matching(wanted, not is_any, _tally(criteria, wanted, every=not is_any))
    found = len(strict.tally.hits)
    if may_relax and wanted and not is_any and not walk and found < RELAX_BELOW:
        loose = _loose(criteria, wanted)
        if len(loose.tally.hits) > found:
            return loose
    return strict


def _loose(criteria: Criteria, typed: expressions.Alternatives) -> _Matching:
    """Match any word, typing errors forgiven; all of them where that is enough."""
    wanted = expressions.forgiven(typed)
    if wanted != typed:
        every = _Matching(wanted, True, _tally(criteria, wanted, every=True), is_relaxed=True)
        found = len(every.tally.hits)
        if found >= ENOUGH or (found >= RELAX_BELOW and _are_enough(criteria, wanted)):
            return every
    return _Matching(wanted, False, _tally(criteria, wanted, every=False), is_relaxed=True)


def _are_enough(criteria: Criteria, wanted: expressions.Alternatives) -> bool:
    """Return whether enough have all words when no filter is set.

    Whoever narrows a result by a value of a facet gets as many as were counted for it.
    """
    open_to_all = replace(
        criteria, region=None, near=None, published_from=None, published_before=None
    )
    return len(statements.matches(open_to_all, expressions.match(wanted, every=True))) >= ENOUGH


def _tally(criteria: Criteria, wanted: expressions.Alternatives, *, every: bool) -> Tally:
    match = expressions.match(wanted, every=every)
    return tally(criteria, statements.matches(criteria, match))


def _page(criteria: Criteria, matching: _Matching) -> list[statements.Row]:
    """Return the hits of a page: first those that are ranked, then what is left, by date."""
    wanted, every = matching.wanted, matching.every
    match = expressions.match(wanted, every=every)
    offset = 0 if criteria.after else criteria.passed
    if not wanted or criteria.sort != "relevance":
        return statements.unranked(
            criteria, match, after=criteria.after, offset=offset, limit=criteria.asked
        )
    hits = matching.tally.hits
    best = likeliest(criteria, wanted, hits, every=every)
    among = best.ids
    part, *after = criteria.after or (_RANKED,)
    rows = []
    if part == _RANKED and offset < len(among):
        ranked = statements.ranked(
            criteria, expressions.ranking(wanted, every=every), among=among,
            first=expressions.match(wanted, every=True) if matching.is_relaxed else "",
            weights=_weights(wanted, best.rarities), after=after, offset=offset,
        )  # fmt: skip
        rows = _in_part(_RANKED, ranked)
        after = []
    missing = criteria.asked - len(rows)
    if missing and len(hits) > len(among):
        rows += _in_part(
            _OTHERS,
            statements.unranked(
                criteria, match, without=among, after=after,
                offset=max(0, offset - len(among)), limit=missing,
            ),
        )  # fmt: skip
    return rows


def _weights(wanted: expressions.Alternatives, rarities: Sequence[float]) -> list[Weight]:
    return [
        Weight(expressions.match([stretch], every=True), expressions.words_in(stretch), rarity)
        for stretch, rarity in zip(wanted, rarities, strict=False)
    ]


def _in_part(part: int, rows: list[statements.Row]) -> list[statements.Row]:
    return [statements.Row(row.key, row.version, (part, *row.sort)) for row in rows]
