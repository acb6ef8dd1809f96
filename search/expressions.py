"""What the database's full text is asked: the words of a question and what may stand for them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from django.db import connection

from search import vocabulary
from search.highlight import MIN_PREFIX
from search.normalise import tokens
from search.results import Criteria
from search.shape import content_words
from search.stopwords import STOP_WORDS
from search.synonyms import Group

MAX_WORDS = 32  # of one question; more only cost time
NEIGHBOURHOOD = 8  # words that may stand between two of them
MAX_FORGIVEN = 8  # words of one question whose typing errors are forgiven

# What may stand for one stretch of a question: each a row of words that must all be there.
Alternatives = list[list[tuple[str, ...]]]


def alternatives(criteria: Criteria) -> Alternatives:
    """Return for each stretch of the question its words, synonyms and translations."""
    if not criteria.groups:
        return [[(word,)] for word in query_words(criteria.q)]
    groups = _content(criteria) or criteria.groups
    return [
        [group.words, *(tuple(tokens(term)) for term in (*group.own, *group.source))]
        for group in groups[:MAX_WORDS]
    ]


def _content(criteria: Criteria) -> Sequence[Group]:
    """Return the stretches of a question without those that only make it a sentence."""
    if not criteria.is_sentence:
        return criteria.groups
    content = frozenset(tokens(content_words(criteria.q, criteria.language)))
    return [group for group in criteria.groups if not content.isdisjoint(group.words)]


def forgiven(wanted: Alternatives) -> Alternatives:
    """Return the same; for words that stand nowhere also known ones that look nearly like them."""
    words = [choices[0][0] for choices in wanted if len(choices[0]) == 1]
    nearest = {word: vocabulary.nearest(word) for word in vocabulary.unknown(words)[:MAX_FORGIVEN]}
    return [[*choices, *((word,) for word in nearest.get(choices[0][0], ()))] for choices in wanted]


def query_words(q: str) -> list[str]:
    """Return the different normalised words of a question that are worth asking for."""
    words = list(dict.fromkeys(tokens(q)))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MAX_WORDS]


def match(wanted: Alternatives, *, every: bool) -> str:
    """Return the full-text expression of what is found; empty without words.

    Words hold letters and digits only (search.normalise), so nothing in them is an operator.
    """
    if connection.vendor == "postgresql":
        return _joined(wanted, _postgresql_word, " & ", " | ", every=every)
    return _joined(wanted, _sqlite_word, " AND ", " OR ", every=every)


def both(one: str, other: str) -> str:
    """Return the expression of what fits two of them."""
    return f"({one}) {'&' if connection.vendor == 'postgresql' else 'AND'} ({other})"


def ranking(wanted: Alternatives, *, every: bool) -> str:
    """Return the expression by which the same documents are ranked."""
    if connection.vendor == "postgresql":
        return match(wanted, every=every)
    found = _joined(wanted, _sqlite_word_twice, " AND ", " OR ", every=every)
    return found if every else " OR ".join([found, *_neighbours(wanted)])


def knows_rarity() -> bool:
    """Return whether the database ranks by how rare words are: SQLite does (BM25)."""
    return connection.vendor == "sqlite"


def words_in(stretch: Sequence[tuple[str, ...]]) -> int:
    """Return the number of words that may stand for a stretch of a question."""
    return sum(map(len, stretch))


def _joined(
    wanted: Alternatives, word: Callable[[str], str], both: str, either: str, *, every: bool
) -> str:
    stretches = []
    for choices in wanted:
        terms = [f"({both.join(map(word, words))})" for words in choices if words]
        stretches.append(f"({either.join(terms)})")
    return (both if every else either).join(stretches)


def _neighbours(wanted: Alternatives) -> list[str]:
    """Match what stands near each other in the question and in the text; PostgreSQL ranks by it."""
    typed = [choices[0][0] for choices in wanted if len(choices[0]) == 1]
    return [f'NEAR("{one}" "{other}", {NEIGHBOURHOOD})' for one, other in pairwise(typed)]


def _postgresql_word(word: str) -> str:
    return f"'{word}':*" if len(word) >= MIN_PREFIX else f"'{word}'"


def _sqlite_word(word: str) -> str:
    return f'"{word}"*' if len(word) >= MIN_PREFIX else f'"{word}"'


def _sqlite_word_twice(word: str) -> str:
    """Match a word or its beginning. The whole word counts twice: it is what was typed."""
    return f'("{word}" OR "{word}"*)' if len(word) >= MIN_PREFIX else f'"{word}"'
