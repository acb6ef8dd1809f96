"""Short German queries with a known answer, made from the pages by rules no engine uses.

A pair of nouns that stand together on one page only, exactly as written, is the exact query; the
other classes change it: umlauts, another form of a noun, typing errors, parts of a compound. Which
form belongs to which noun and which word is a compound is read off the vocabulary of the pages
themselves. Everything follows from the pages and a fixed seed.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from tools.relevance.data import Page
from tools.relevance.errors import mistyped

CLASSES = (
    "exact", "umlaut-base", "umlaut-e", "inflection", "typo", "typos", "compound", "head",
)  # fmt: skip
SIZE = 300  # queries a class, both parts together
_NOUN = re.compile(r"(?<![\w.-])[A-ZÄÖÜ][a-zäöüß]{3,24}(?![\w-])")
_WORD = re.compile(r"\w+")
_KEYS = "abcdefghijklmnopqrstuvwxyzäöüß"
_BASE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U", "ß": "ss"})
_WITH_E = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
# Endings of German nouns; two attested words that differ only in these are forms of one noun.
_ENDINGS = ("", "e", "en", "n", "er", "ern", "es", "s", "se", "sen", "nen")
_LINKS = ("", "s", "es", "n", "en", "er")


@dataclass(frozen=True, slots=True)
class Query:
    """A short query, the page it is about and the part it belongs to (dev or held-out)."""

    kind: str
    text: str
    page: str
    part: str


def queries(pages: Sequence[Page]) -> list[Query]:
    """Return up to SIZE queries of every class about the German ones of `pages`."""
    vocabulary = _Vocabulary([page for page in pages if page.language == "de"])
    result = []
    for kind in CLASSES:
        rng = random.Random(crc32(kind.encode()))  # noqa: S311 - a fixed seed is the point
        made = _RULES[kind](vocabulary, rng)
        chosen = [next(made, None) for _ in range(SIZE)]
        result += [
            Query(kind, text, page, "dev" if crc32(f"{kind} {text}".encode()) % 2 else "held-out")
            for text, page in filter(None, chosen)
        ]
    return result


class _Vocabulary:
    """The nouns of the pages: where they stand, and how often they are used."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.words = {page.id: set(_WORD.findall(f"{page.title} {page.text}")) for page in pages}
        seen: Counter[str] = Counter()
        self.pages_of: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            for noun in _NOUN.findall(f"{page.title}\n{page.text}"):
                seen[noun] += 1
                self.pages_of[noun].add(page.id)
        # Capitals at the beginning of a sentence: a noun is never written small.
        small = {word for words in self.words.values() for word in words if word.islower()}
        self.nouns = sorted(noun for noun in seen if noun.lower() not in small)
        self._lower = {noun.lower() for noun in self.nouns}
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for noun in self.nouns:
            self._by_stem[_stem(noun)].append(noun)

    def pairs(self, rng: random.Random, fits: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
        """Yield (noun that fits, second noun, page) in random order, each noun once.

        No other page holds both nouns.
        """
        first = [noun for noun in self.nouns if fits(noun)]
        rng.shuffle(first)
        for noun in first:
            page = rng.choice(sorted(self.pages_of[noun]))
            others = [
                other for other in self.nouns_of(page)
                if other[:4] != noun[:4] and self.pages_of[noun] & self.pages_of[other] == {page}
                and len(self.pages_of[other]) > 1
            ]  # fmt: skip
            if others:
                yield noun, rng.choice(others), page

    def nouns_of(self, page: str) -> list[str]:
        """Return the nouns of a page in the order of the alphabet."""
        return sorted(noun for noun in self.words[page] if noun.lower() in self._lower)

    def forms(self, noun: str) -> list[str]:
        """Return other attested forms of a noun: another ending, perhaps an umlaut."""
        return [other for other in self._by_stem[_stem(noun)] if other != noun]

    def parts(self, noun: str) -> tuple[str, str] | None:
        """Return (modifier, head) of a compound of two attested nouns, None if it is none."""
        lower = noun.lower()
        for cut in range(len(lower) - 4, 3, -1):
            head = lower[cut:]
            if head not in self._lower:
                continue
            for link in _LINKS:
                modifier = lower[: cut - len(link)]
                if lower[:cut].endswith(link) and len(modifier) > 3 and modifier in self._lower:
                    return modifier.capitalize(), head.capitalize()
        return None


def _stem(noun: str) -> str:
    """Return a noun without umlauts and its longest ending that leaves four letters."""
    plain = noun.lower().translate(_BASE)
    ending = max(
        (end for end in _ENDINGS if plain.endswith(end) and len(plain) - len(end) >= 4), key=len
    )
    return plain[: len(plain) - len(ending)]


def _exact(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
    for one, other, page in vocabulary.pairs(rng, lambda noun: True):
        yield f"{one} {other}", page


def _umlauts(table: dict[int, str]) -> "_Rule":
    def rule(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
        for one, other, page in vocabulary.pairs(rng, lambda noun: noun.translate(_BASE) != noun):
            yield f"{one} {other}".translate(table), page

    return rule


def _inflection(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
    for one, other, page in vocabulary.pairs(rng, lambda noun: bool(vocabulary.forms(noun))):
        forms = [form for form in vocabulary.forms(one) if form not in vocabulary.words[page]]
        if forms:
            yield f"{rng.choice(forms)} {other}", page


def _typing_errors(count: int) -> "_Rule":
    def rule(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
        for one, other, page in vocabulary.pairs(rng, lambda noun: len(noun) > 5 * count):
            wrong = one
            while wrong in (one, other) or len(wrong) < 4:
                wrong = one
                for _ in range(count):
                    wrong = mistyped(wrong, rng, keys=_KEYS)
            yield f"{wrong} {other}", page

    return rule


def _compound(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Ask with both parts for a page that writes the compound."""
    for one, other, page in vocabulary.pairs(rng, lambda noun: bool(vocabulary.parts(noun))):
        modifier, head = vocabulary.parts(one) or ("", "")
        yield f"{modifier} {head} {other}", page


def _head(vocabulary: _Vocabulary, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Ask with the head for a page that writes compounds with it, and no other form of it."""
    for one, other, page in vocabulary.pairs(rng, lambda noun: bool(vocabulary.parts(noun))):
        head = (vocabulary.parts(one) or ("", ""))[1]
        if head not in vocabulary.words[page]:
            yield f"{head} {other}", page


_Rule = Callable[[_Vocabulary, random.Random], Iterator[tuple[str, str]]]
_RULES: dict[str, _Rule] = {
    "exact": _exact,
    "umlaut-base": _umlauts(_BASE),
    "umlaut-e": _umlauts(_WITH_E),
    "inflection": _inflection,
    "typo": _typing_errors(1),
    "typos": _typing_errors(2),
    "compound": _compound,
    "head": _head,
}
