"""Answer a search from the database: the embedded default, and while Elasticsearch is away.

Same criteria, same visibility, same structure as the index. The SQL stands in search.statements.
"""

from django.db import connection

from search import statements
from search.cursor import Cursor
from search.highlight import MIN_PREFIX
from search.normalise import tokens
from search.results import Criteria, EngineAnswer, Found
from search.stopwords import STOP_WORDS

MAX_WORDS = 32  # of one question; more only cost time
RELAX_BELOW = 3  # results with all words, below which any word will do


def search(criteria: Criteria) -> EngineAnswer:
    """Return one page of results and all facet counts.

    A walk goes on as it was begun: with all words or with any.
    """
    walk = criteria.walk
    match, kinds, is_relaxed = _matching(criteria)
    if criteria.q and not match:
        return EngineAnswer(found=[], total=0, facets=_no_facets(criteria), is_relaxed=False)
    total = _total(criteria, kinds)
    rows = statements.page(criteria, match) if walk or criteria.offset < total else []
    page = rows[: criteria.size]
    following = None
    if page and criteria.goes_on(len(rows), total):
        following = Cursor(
            backend="database", began=criteria.fresh_at, is_relaxed=is_relaxed,
            position=criteria.passed + len(page), after=page[-1].sort,
        )  # fmt: skip
    return EngineAnswer(
        found=[Found(key=row.key, version=row.version, highlights=None) for row in page],
        total=total,
        facets={"kind": kinds, **statements.facets(criteria, match)},
        is_relaxed=is_relaxed,
        next=following,
    )


def total(criteria: Criteria, *, every: bool = False) -> int:
    """Return the number of results; with `every` only those that hold all words."""
    return _total(criteria, _matching(criteria, may_relax=not every)[1])


def _matching(criteria: Criteria, *, may_relax: bool = True) -> tuple[str, statements.Counts, bool]:
    """Return the full-text expression, how many fit it by kind, and whether any word was enough."""
    wanted = _alternatives(criteria)
    if criteria.q and not wanted:
        return "", [], False
    walk = criteria.walk
    if walk and walk.is_relaxed:
        loose = _match(wanted, every=False)
        return loose, statements.kinds(criteria, loose), True
    is_any = criteria.is_sentence and may_relax
    match = _match(wanted, every=not is_any)
    kinds = statements.kinds(criteria, match)
    found = _total(criteria, kinds)
    if may_relax and not is_any and not walk and found < RELAX_BELOW and len(wanted) > 1:
        loose = _match(wanted, every=False)
        loosely = statements.kinds(criteria, loose)
        if _total(criteria, loosely) > found:
            return loose, loosely, True
    return match, kinds, False


def _total(criteria: Criteria, kinds: statements.Counts) -> int:
    return sum(count for kind, count in kinds if not criteria.kinds or kind in criteria.kinds)


def _no_facets(criteria: Criteria) -> dict[str, statements.Counts]:
    return {name: [] for name in ("kind", "region", *criteria.facet_names)}


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
