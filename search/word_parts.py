"""Split German compounds, by which "Kurs" finds "Integrationskurse".

Done here for both engines, when a text is stored: what Elasticsearch's own decompounder takes for a
part may stand anywhere in a word ("licht" in "Pflicht", "tier" in "Orientierung").
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from search.normalise import WORD, visible, word_form

FOLDER = Path(__file__).parent / "words"
# Stands between the parts of a word in what Elasticsearch is sent: the unit separator of ASCII.
JOINT = "\x1f"

MIN_COMPOUND = 8  # letters
MIN_PART = 4
MIN_BEGINNING = 4  # letters of a part that what follows is not known behind
MIN_UNKNOWN = 3
_LINKS = ("s", "es", "n", "en")
# An s between two parts belongs to the first one.
_LINK_S = re.compile(
    r"(?:heit|ing|ion|keit|schaft|tum|kum|tät|ung|trag|trieb|halt)\|s|\|s[bdfgjrvz]"
)
_INFLECTION = re.compile(r"(?<=.{4})(?:ern|e[mnrs]|e|n|s)$")


@cache
def german() -> tuple[str, ...]:
    """Return the parts in lower case; lines that begin with # are remarks."""
    return _read("parts")


@cache
def ambiguous() -> tuple[str, ...]:
    """Return common words that are names of municipalities, too; of the parts only a few."""
    return _read("ambiguous")


def _read(name: str) -> tuple[str, ...]:
    lines = (FOLDER / f"{name}.de.txt").read_text(encoding="utf-8").splitlines()
    words = (line.strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for line in words for word in line.split()))


def with_parts(text: str, language: str) -> str:
    """Return a text as the database stores it: normalised words, German compounds also in parts.

    A question is never split.
    """
    words = []
    for found in WORD.findall(text):
        words.append(word_form(found))
        if len(found) >= MIN_COMPOUND and _is_german(language):
            words.extend(map(word_form, split(found)))
    return " ".join(filter(None, words))


def jointed(text: str, language: str) -> str:
    """Return a text with joints in its compounds, as Elasticsearch is sent it."""
    if not _is_german(language):
        return text
    return WORD.sub(lambda found: JOINT.join(split(found.group())) or found.group(), text)


def _is_german(language: str) -> bool:
    return language.partition("-")[0] == "de"


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """Return the pieces that make up a word as it is written, with their linking letters.

    All of them are known parts; or the last one is, or the first, and not one that many words hold
    by chance. Empty for what is no compound.
    """
    word = visible(word)
    letters = word.lower()
    if not MIN_COMPOUND <= len(letters) == len(word):
        return ()
    pieces, start = [], 0
    for length in _lengths(letters):
        pieces.append(word[start : start + length])
        start += length
    return tuple(pieces) if len(pieces) > 1 else ()


def _lengths(word: str) -> tuple[int, ...]:
    """Return the lengths of the pieces of a word, of the smallest there are."""
    cuts = _parts(word, len(word), is_whole=True)
    if not cuts and not any(_is_part(word.removesuffix(link)) for link in ("", *_LINKS)):
        cuts = _ending(word) or _beginning(word)
    found: list[int] = []
    for length in cuts:
        found += _lengths(word[:length])
        word = word[length:]
    return tuple(found) or (len(word),)


def _parts(word: str, end: int, *, is_whole: bool = False) -> tuple[int, ...]:
    """Return the lengths of known parts that make up word[:end], the last one the longest.

    `is_whole` asks for more than one of them.
    """
    for start in range(is_whole, end - MIN_PART + 1):
        if not _is_part(word[start:end]):
            continue
        if not start:
            return (end,)
        for link in ("", *_LINKS):
            before = start - len(link)
            if word[:start].endswith(link) and (lengths := _parts(word, before)):
                return (*lengths[:-1], lengths[-1] + len(link), end - start)
    return ()


def _ending(word: str) -> tuple[int, ...]:
    """Return the lengths of something unknown and the known part that ends the word behind it."""
    for start in range(MIN_UNKNOWN, len(word) - MIN_PART + 1):
        before, part = word[:start], word[start:]
        if _is_part(part) and not _is_doubtful(part) and not _is_prefix(before):
            return (start, len(part))
    return ()


def _beginning(word: str) -> tuple[int, ...]:
    """Return the lengths of the known part that begins the word and of something unknown."""
    for end in range(len(word) - MIN_PART, MIN_BEGINNING - 1, -1):
        part, rest = word[:end], word[end:]
        if part not in _known() or rest in _endings():
            continue
        if _LINK_S.search(f"{part}|{rest}"):
            return (end + 1, len(rest) - 1)
        if part.endswith("s") or not _is_doubtful(part):
            return (end, len(rest))
    return ()


def _is_prefix(text: str) -> bool:
    """Return whether a text is a prefix, with less than a part behind it."""
    return any(
        text.startswith(prefix) and len(text) - len(prefix) < MIN_UNKNOWN for prefix in _prefixes()
    )


def _is_part(text: str) -> bool:
    if text in _known():
        return True
    shortest = _stems("parts").get(_stem(text))
    return shortest is not None and max(MIN_PART, shortest - 1) <= len(text)


def _is_doubtful(part: str) -> bool:
    return _stem(part) in _stems("doubtful")


def _stem(word: str) -> str:
    """Cut an ending of inflection; umlauts stay: a burger is no Bürger."""
    return _INFLECTION.sub("", word)


@cache
def _prefixes() -> tuple[str, ...]:
    return _read("prefixes")


@cache
def _endings() -> frozenset[str]:
    return frozenset(_read("endings"))


@cache
def _known() -> frozenset[str]:
    return frozenset(form for part in german() for form in (part, part.replace("ß", "ss")))


@cache
def _stems(name: str) -> dict[str, int]:
    """Return the stems of a list, each with the length of the shortest word that has it."""
    words = sorted(_read(name), key=len, reverse=True)
    return {_stem(word): len(word) for word in words}
