"""The words by which suggestions are found: pure functions, for what is stored and what is typed.

Folded as everywhere (search.normalise) but with their endings: who types "Sprachku" has not come
to the ending yet. Elasticsearch does the same in its analyzers `beginnings` and `typed`.
"""

from collections.abc import Iterable
from functools import lru_cache

from search.normalise import folded, without_article

MIN_LETTERS = 2  # typed; one letter begins everything
MAX_WORDS = 8  # of what was typed; more only cost time


def typed_words(text: str) -> list[str]:
    """Return the words of what a reader has typed."""
    return folded(text)[:MAX_WORDS]


def stored_words(texts: Iterable[str]) -> list[str]:
    """Return the different words of some texts; Arabic ones also as they begin without article."""
    words = [word for text in texts for word in folded(text)]
    return list(dict.fromkeys([*words, *map(without_article, words)]))


def is_enough(text: str) -> bool:
    """Return whether as many letters were typed as are needed to suggest anything."""
    return sum(map(len, typed_words(text))) >= MIN_LETTERS


def begins(text: str, typed: str) -> bool:
    """Return whether a text begins with what was typed."""
    return " ".join(_words_of(text)).startswith(" ".join(typed_words(typed)))


def fits(text: str, typed: str) -> bool:
    """Return whether every typed word begins a word of the text."""
    words = _words_of(text)
    return all(any(word.startswith(part) for word in words) for part in _words_of(typed))


@lru_cache(maxsize=10_000)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(stored_words([text]))
