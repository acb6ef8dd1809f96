"""Places that the words of a question name: offered as a filter, never applied unasked.

Only whole names and postal codes count. Words that mean something besides ("Wald", "Lehre",
"Essen") are taken for a place only behind a word like "in", or where the place is no village.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from search import registry, word_parts
from search.normalise import fold
from search.registry import Place
from search.stopwords import COMMON_WORDS

MAX_WORDS = 12  # of a question that are looked at
MAX_SPAN = 4  # words of one name: "Neustadt an der Weinstraße"
MIN_LETTERS = 3  # of a name; shorter words are hardly ever meant
MAX_PLACES = 4  # offered for one question

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*\.?")
_POSTAL_CODE = re.compile(r"[0-9]{5}")
# What stands before a place, in the languages of the site. Left out with it.
_LEADING = frozenset(
    {
        "in", "im", "bei", "beim", "nach", "aus", "um", "nahe", "near", "at", "en", "dans", "à",
        "près", "de", "в", "во", "около", "у", "біля", "في", "در",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a question that names places; `rest` is the question without it."""

    text: str
    rest: str
    places: tuple[Place, ...]


def mentioned(q: str, language: str) -> list[Mention]:
    """Return the places that a question names, the longest names first; asks the gazetteer once."""
    spans = list(_spans(q))
    if not spans:
        return []
    named = registry.places().named({q[start:end] for start, end in spans}, language)
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for start, end in spans:
        places = named.get(q[start:end], ())
        if not places or any(start < stop and begin < end for begin, stop in taken):
            continue
        before = _leading(q, start)
        if before is None and is_ambiguous(q[start:end]):
            places = tuple(place for place in places if place.level != "municipality")
        if places:
            taken.append((start, end))
            rest = f"{q[: start if before is None else before]} {q[end:]}"
            found.append(Mention(q[start:end], " ".join(rest.split()).strip(" ,;"), places))
    return found


def is_ambiguous(name: str) -> bool:
    """Return whether a name is also a common German word."""
    return fold(name) in _common()


def _spans(q: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every stretch of words that may be a name, the longest first."""
    words = [match.span() for match in _WORD.finditer(q)][:MAX_WORDS]
    for length in range(min(MAX_SPAN, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            start, end = words[first][0], words[first + length - 1][1]
            if _may_be_name(q[start:end]):
                yield start, end


def _may_be_name(text: str) -> bool:
    if text.isdecimal():
        return _POSTAL_CODE.fullmatch(text) is not None
    outer = {text.split()[0].casefold(), text.split()[-1].casefold()}
    return len(text) >= MIN_LETTERS and outer.isdisjoint(COMMON_WORDS["de"])


def _leading(q: str, start: int) -> int | None:
    """Return where a word like "in" before a name begins, None without one."""
    words = list(re.finditer(r"\S+", q[:start]))
    return words[-1].start() if words and words[-1].group().casefold() in _LEADING else None


@cache
def _common() -> frozenset[str]:
    return frozenset(
        fold(word) for word in (*word_parts.ambiguous(), *word_parts.german(), *COMMON_WORDS["de"])
    )
