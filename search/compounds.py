"""Read parts of compounds off a site's own German texts, for a human to choose from."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from search.word_parts import MIN_COMPOUND, MIN_PART

MIN_COMPOUNDS = 3  # different ones a part must be the end of
_NOUN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{3,40}\b")
_LINKS = ("", "s", "es", "n", "en", "er")


def proposals(texts: Iterable[str], *, known: Collection[str]) -> list[tuple[str, int]]:
    """Return (part, number of different compounds it ends), the most useful first.

    A part is a noun of the texts that follows another noun of the texts, with or without a linking
    element, in at least MIN_COMPOUNDS longer nouns. `known` parts are left out.
    """
    nouns = {noun.lower() for text in texts for noun in _NOUN.findall(text)}
    count: Counter[str] = Counter()
    for noun in nouns:
        if len(noun) < MIN_COMPOUND:
            continue
        for cut in range(MIN_PART, len(noun) - MIN_PART + 1):
            if noun[cut:] in nouns and _is_noun(noun[:cut], nouns):
                count[noun[cut:]] += 1
    found = [(part, n) for part, n in count.items() if n >= MIN_COMPOUNDS and part not in known]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))


def _is_noun(start: str, nouns: set[str]) -> bool:
    return any(start.endswith(link) and start[: len(start) - len(link)] in nouns for link in _LINKS)
