"""Did you mean: which words of a question may be misspelt, and what was meant.

The right words are taken from documents that this reader may see, never from a list of all words
of an index: what was taken back or has ended must not come back as a word. Pure functions.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.normalise import WORD, fold, word_form
from search.stopwords import STOP_WORDS
from search.typos import distance, forgiven, letters, may_be_near

MIN_LETTERS = 4  # in shorter words one error makes another word
MAX_CHECKED = 8  # words of a question
MAX_LOST = 2  # letters at the end; a word with more behind it is a compound


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with other words. `replaced` are those that stood there before."""

    q: str
    replaced: tuple[str, ...]


def unknown_words(q: str, texts: Iterable[str]) -> list[str]:
    """Return the words of a question that are in none of the texts, in whatever inflection."""
    known = {word_form(word) for text in texts for word in WORD.findall(text)}
    return [word for word in _checked(q) if not _is_known(word_form(word), known)]


def correct(q: str, texts: Iterable[str]) -> Correction | None:
    """Return the question with unknown words replaced by the nearest ones of the texts.

    Of two as near the more frequent one is taken. None where nothing is unknown, or nothing is
    near; a word that nothing is near stays.
    """
    texts = list(texts)
    unknown = unknown_words(q, texts)
    if not unknown:
        return None
    words = Counter(word for text in texts for word in WORD.findall(text))
    frequent: dict[str, str] = {}
    for word, _count in words.most_common():
        frequent.setdefault(fold(word), word)
    replacements = {}
    for word in unknown:
        if found := near(fold(word), frequent):
            replacements[word] = frequent[found[0]]
    if not replacements:
        return None
    corrected = WORD.sub(lambda match: replacements.get(match[0], match[0]), q)
    return Correction(corrected, tuple(replacements))


def near(form: str, others: Iterable[str]) -> list[str]:
    """Return the folded words that few errors part from `form`, the nearest first.

    Of two as near the earlier one comes first; one with another first letter comes last.
    """
    allowed, of_form = forgiven(form), letters(form)
    found = []
    for other in others:
        # Hardly any word is near: most are told apart by their lengths and letters.
        if abs(len(other) - len(form)) > allowed:
            continue
        if not may_be_near(of_form, letters(other), errors=allowed):
            continue
        errors = distance(form, other, limit=allowed)
        if 0 < errors <= allowed and len(other) >= MIN_LETTERS:
            found.append(((errors, other[0] != form[0]), other))
    return [other for _rank, other in sorted(found, key=lambda pair: pair[0])]


def _checked(q: str) -> list[str]:
    words = [word for word in WORD.findall(q) if len(fold(word)) >= MIN_LETTERS]
    words = [word for word in words if not word.isdecimal() and word_form(word) not in STOP_WORDS]
    return list(dict.fromkeys(words))[:MAX_CHECKED]


def _is_known(form: str, known: set[str]) -> bool:
    # "Kurs" is known where "Kursleiterin" stands; "Kur" is "Kurs" without its last letter.
    longer = len(form) + MAX_LOST
    return form in known or any(len(word) > longer and word.startswith(form) for word in known)
