"""Bring text of any language into the one form in which the database compares it.

The same function prepares what is stored and what is asked, whatever language either is in: a
German document must be found by a reader who types on an English keyboard. Follows Lucene's
german_normalization, light_german and arabic_normalization as far as they can be shared; endings
are cut by the script of a word, which tells nearly enough of its language.
"""

import re
import unicodedata
from functools import lru_cache

# Raise when the result for any text changes: documents are then normalised again.
VERSION = 3
MAX_TOKEN = 64  # characters; longer ones are no words, and PostgreSQL refuses over 2 KB

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0640\u064b-\u065f\u0670\u00ad\u00b7\u2027]+[^\W_]*)*")
# Ukrainian apostrophes inside a word, which readers leave out.
_APOSTROPHE = re.compile(r"(?<=[\u0400-\u052f])['’ʼ`](?=[\u0400-\u052f])")
_INVISIBLE = re.compile(r"[\u00ad\u00b7\u2027\u0640\u200b-\u200f\u2060\ufeff]")
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
        # Arabic and Persian letters that are typed one for the other.
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ٱ": "ا",
        # Ukrainian.
        "ґ": "г",
    }
)  # fmt: skip
_UMLAUT_PAIR = re.compile(r"(?<![aeiouq])([aou])e")
_ARABIC_PREFIX = re.compile(r"^(?:[وفبكل]?ال|لل)(?=.{3})")
_ARABIC_SUFFIX = re.compile(r"(?<=.{3})(?:ات|ين|ون|ان|ها|ه)$")
# Endings of Russian and Ukrainian declension and conjugation, longest first.
_CYRILLIC_SUFFIX = re.compile(
    r"(?<=.{3})(?:ування|ирования|ення|ання|ения|ания|ение|ание|ами|ями|ові|еві|ого|его|ому|ему"
    r"|ими|ыми|іми|ость|ости|ість|ості|ться|тися|тся|ать|ять|ить|еть|ати|яти|ити|іти|ють|уть|ий|ый"
    r"|ій|ой|ей|ая|яя|ое|ее|ою|ею|ую|юю|ие|ые|их|ых|іх|им|ым|ім|ів|ев|ов|ах|ях|ам|ям|ом|ем"
    r"|[аеєиіїоуыэюяьй])$"
)
_S_STEM = frozenset("bdfghklmnt")  # letters before which a final s is an ending


def words(text: str) -> list[str]:
    """Return the words of a text in their order, as they are written."""
    return WORD.findall(_APOSTROPHE.sub("", text))


def tokens(text: str) -> list[str]:
    """Return the normalised words of a text in their order."""
    return [word for found in words(text) if (word := word_form(found))]


def folded(text: str) -> list[str]:
    """Return the words of a text in their order with their endings (see `fold`)."""
    forms = (fold(found)[:MAX_TOKEN] for found in words(text))
    return [form for form in forms if form]


def visible(text: str) -> str:
    """Return a text without signs that nobody sees, as soft hyphens."""
    return _INVISIBLE.sub("", text)


def without_article(word: str) -> str:
    """Return a folded word without the Arabic article in front of it."""
    return _ARABIC_PREFIX.sub("", word)


def normalise(text: str) -> str:
    """Return a text as normalised words, separated by single spaces."""
    return " ".join(tokens(text))


@lru_cache(maxsize=50_000)
def word_form(word: str) -> str:
    """Return the form in which one word is compared; empty when nothing of it counts."""
    return _stem(fold(word))[:MAX_TOKEN]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without case, accents, invisible signs and spelling variants.

    ü, ue and u become u; ß becomes ss; Arabic vowel signs vanish.
    """
    word = visible(word).lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", word)
    plain = "".join(sign for sign in decomposed if sign.isalnum())
    return _UMLAUT_PAIR.sub(r"\1", plain)


def _stem(word: str) -> str:
    """Cut the endings of inflection, so that the plural finds the singular and back."""
    if not word or word[0].isdigit():
        return word
    if "\u0600" <= word[0] <= "\u06ff":
        return _ARABIC_SUFFIX.sub("", _ARABIC_PREFIX.sub("", word))
    if "\u0400" <= word[0] <= "\u052f":
        return _CYRILLIC_SUFFIX.sub("", word)
    if not word.isascii():
        return word
    length = len(word)
    if length > 5 and word.endswith("ern"):
        return word[:-3]
    if length > 4 and word.endswith(("em", "en", "er", "es")):
        return word[:-2]
    if length > 3 and word.endswith("e"):
        return word[:-1]
    if length > 3 and word[-1] == "s" and word[-2] in _S_STEM:
        return word[:-1]
    return word
