"""What kind of question a reader typed: a few words to look up, or a sentence."""

import re

from search.stopwords import COMMON_WORDS, FRAME_WORDS, QUESTION_WORDS

MIN_SENTENCE = 5  # words; "Deutschkurs am Abend in Wolfenbüttel" is already one
_WORD = re.compile(r"[^\W_]+")
# Numbers and names keep their inner dots and hyphens: 38.300, e-mail, Bi.Yourself.
_CONTENT = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_QUESTION_MARKS = ("?", "؟")  # the second is Arabic and Persian


def is_sentence(q: str, language: str) -> bool:
    """Return whether any of the words should do, rather than all of them.

    Of a sentence no page holds every word: asked for all, real questions find nothing
    (docs/relevance.md). A question mark, a question word in front or five words make one.
    """
    words = _WORD.findall(q.lower())
    if len(words) < 2:
        return False
    if q.rstrip().endswith(_QUESTION_MARKS) or len(words) >= MIN_SENTENCE:
        return True
    return len(words) >= 3 and words[0] in QUESTION_WORDS.get(language.partition("-")[0], ())


def content_words(q: str, language: str) -> str:
    """Return a sentence without the words that only make it one; all of it if none stay.

    The index of another language does not know them: "la" and "des" would count there as words.
    """
    base = language.partition("-")[0]
    lists = (COMMON_WORDS, QUESTION_WORDS, FRAME_WORDS)
    stop = {word for words in lists for word in words.get(base, ())}
    words = _CONTENT.findall(q)
    kept = [word for word in words if word.lower() not in stop]
    kept = [word for word in kept if len(word) > 1 or word.isdigit()]
    return " ".join(kept) or q
