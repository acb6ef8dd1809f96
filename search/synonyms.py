"""Words that mean the same, within a language and across languages.

One file per language in `search/words`: a line is `concept: term, term`. Terms of one line are
synonyms; lines of the same concept in two files are translations. Expanded here, in Python, so
that both engines share them and a changed file needs no rebuild.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from search.normalise import tokens
from search.stopwords import STOP_WORDS

FOLDER = Path(__file__).parent / "words"
MAX_SPAN = 5  # words of one term
MAX_TERMS = 4  # further terms taken for one term of a question


@dataclass(frozen=True, slots=True)
class Group:
    """A stretch of the question and what else may stand for it.

    `words` are its normalised words; `own` further terms in the reader's language, `source` terms
    in the source language. Both are empty for a word in no file.
    """

    words: tuple[str, ...]
    own: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


def groups(q: str, language: str) -> tuple[Group, ...]:
    """Return the question in stretches, the longest known terms first; stop words are left out."""
    base = language.partition("-")[0]
    source = settings.LANGUAGE_CODE
    words = tokens(q)
    return tuple(_groups(words, base, source))


def _groups(words: list[str], language: str, source: str) -> Iterator[Group]:
    known = _spans(language)
    place = 0
    while place < len(words):
        for length in range(min(MAX_SPAN, len(words) - place), 0, -1):
            span = tuple(words[place : place + length])
            concepts = known.get(span, ())
            if concepts:
                yield _group(span, concepts, language, source)
                place += length
                break
        else:
            if words[place] not in STOP_WORDS:
                yield Group((words[place],))
            place += 1


def _group(span: tuple[str, ...], concepts: tuple[str, ...], language: str, source: str) -> Group:
    own = _others(concepts, language, span)
    foreign = _others(concepts, source, span) if source != language else ()
    return Group(span, own, foreign)


def _others(concepts: tuple[str, ...], language: str, span: tuple[str, ...]) -> tuple[str, ...]:
    terms = _concepts(language)
    found = dict.fromkeys(
        term
        for concept in concepts
        for term in terms.get(concept, ())
        if tuple(tokens(term)) != span
    )
    return tuple(found)[:MAX_TERMS]


@cache
def _concepts(language: str) -> dict[str, tuple[str, ...]]:
    """Return the terms of every concept in a language; nothing without a file."""
    path = FOLDER / f"{language}.txt"
    if not path.exists():
        return {}
    result: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        concept, colon, terms = line.partition(":")
        if colon and not line.startswith("#"):
            result[concept.strip()] = tuple(
                term.strip() for term in terms.split(",") if term.strip()
            )
    return result


@cache
def _spans(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the concepts of every term, by its normalised words."""
    result: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept, terms in _concepts(language).items():
        for term in terms:
            span = tuple(tokens(term))
            if span:
                result[span] = (*result.get(span, ()), concept)
    return result
