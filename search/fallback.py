"""Answer a search from the database: the embedded default, and while Elasticsearch is away.

Same criteria, same visibility, same structure as the index. The SQL stands in search.statements.
"""

from dataclasses import dataclass

from search import expressions, statements
from search.cursor import Cursor
from search.results import Criteria, EngineAnswer, Found

RELAX_BELOW = 3  # results with all words, below which any word will do


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts.

    A walk goes on as it was begun: with all words or with any.
    """
    walk = criteria.walk
    matching = _matching(criteria)
    if criteria.q and not matching.any:
        return EngineAnswer(found=[], total=0, facets=_no_facets(criteria), is_relaxed=False)
    total = _total(criteria, matching.kinds)
    is_there = walk or criteria.offset < total
    rows = statements.page(criteria, matching.any, first=matching.first) if is_there else []
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
        facets={"kind": matching.kinds, **statements.facets(criteria, matching.any)},
        is_relaxed=matching.is_relaxed,
        next=following,
    )


def total(criteria: Criteria, *, every: bool = False) -> int:
    """Return the number of results; with `every` only those that hold all words."""
    return _total(criteria, _matching(criteria, may_relax=not every).kinds)


@dataclass(frozen=True, slots=True)
class _Matching:
    """Full-text expressions: of `any` hit, and of what stands on top; how many fit by kind."""

    any: str
    kinds: statements.Counts
    first: str = ""
    is_relaxed: bool = False


def _matching(criteria: Criteria, *, may_relax: bool = True) -> _Matching:
    """Match all words; any of them, typing errors forgiven, where too few have all."""
    wanted = expressions.alternatives(criteria)
    if criteria.q and not wanted:
        return _Matching("", [])
    walk = criteria.walk
    if walk and walk.is_relaxed:
        return _loose(criteria, wanted)
    is_any = criteria.is_sentence and may_relax
    if is_any:
        wanted = expressions.forgiven(wanted)
    match = expressions.match(wanted, every=not is_any)
    strict = _Matching(match, statements.kinds(criteria, match))
    found = _total(criteria, strict.kinds)
    if may_relax and wanted and not is_any and not walk and found < RELAX_BELOW:
        loose = _loose(criteria, wanted)
        if _total(criteria, loose.kinds) > found:
            return loose
    return strict


def _loose(criteria: Criteria, wanted: expressions.Alternatives) -> _Matching:
    wanted = expressions.forgiven(wanted)
    match = expressions.match(wanted, every=False)
    return _Matching(
        match,
        statements.kinds(criteria, match),
        first=expressions.match(wanted, every=True),
        is_relaxed=True,
    )


def _total(criteria: Criteria, kinds: statements.Counts) -> int:
    return sum(count for kind, count in kinds if not criteria.kinds or kind in criteria.kinds)


def _no_facets(criteria: Criteria) -> dict[str, statements.Counts]:
    return {name: [] for name in ("kind", "region", *criteria.facet_names)}
