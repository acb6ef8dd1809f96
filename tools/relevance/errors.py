"""Typing errors, made by a rule and a given source of chance."""

import random
import re
from dataclasses import replace
from zlib import crc32

from search.shape import content_words
from tools.relevance.data import Question

MIN_LETTERS = 5  # of a word that is mistyped
_WORD = re.compile(r"[^\W\d_]+")


def mistyped(word: str, rng: random.Random, *, keys: str) -> str:
    """Return a word with one letter missing, added, replaced or swapped.

    Letters that are typed by mistake are among `keys`.
    """
    place = rng.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match rng.choice(("delete", "insert", "replace", "swap")):
        case "delete":
            return before + after
        case "insert":
            return before + letter + rng.choice(keys) + after
        case "swap" if after:
            return before + after[0] + letter + after[1:]
    return before + rng.choice(keys) + after


def with_error(question: Question) -> Question | None:
    """Return a question with one content word mistyped, None where all of them are short.

    The wrong letters are those of such words, so the rule fits every script. The same question
    always gets the same error.
    """
    content = content_words(question.text, question.language)
    words = [word for word in _WORD.findall(content) if len(word) >= MIN_LETTERS]
    if not words:
        return None
    rng = random.Random(crc32(question.text.encode()))  # noqa: S311 - a fixed seed is the point
    right = wrong = rng.choice(words)
    keys = "".join(sorted(set("".join(words).lower())))
    while wrong.lower() == right.lower():
        wrong = mistyped(right, rng, keys=keys)
    return replace(question, text=question.text.replace(right, wrong, 1))
