"""Merge hits by words with hits by meaning: pure arithmetic.

The language of the reader comes first, then its base, then others. Inside each, the score of the
words and the cosine of the meaning are added up with weights. The score counts as a part of the
best one, but the best of a poor lot counts less than the best of a rich one: few words found tell
little. Measured better than reciprocal ranks (docs/relevance.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

POOR = 10.0  # added to the best score by words before others are divided by it
# How much a cosine of 1 counts beside the words.
SAME_LANGUAGE = 1.0  # of the document as of the reader
OTHER_LANGUAGE = 3.0
# The same for a language the encoder did not learn.
UNLEARNED_SAME, UNLEARNED_OTHER = 0.4, 2.0
FEW_WORDS = 0.3  # to a short question: what has all its words stays on top


@dataclass(frozen=True, slots=True)
class Scored:
    """A hit by words or by meaning: its key (kind/item/language), version and score."""

    key: str
    version: int
    score: float


def merge(
    words: Sequence[Scored],
    meanings: Sequence[Scored],
    *,
    language: str,
    learned: Collection[str],
    is_sentence: bool,
) -> list[Scored]:
    """Return all hits of both, each once, the best first.

    Scores of `words` are positive. `learned` are the languages the encoder knows.
    """
    best: dict[int, float] = {}
    for hit in words:
        tier = _tier(hit.key, language)
        best[tier] = max(best.get(tier, 0.0), hit.score)
    scores = {hit.key: hit.score / (best[_tier(hit.key, language)] + POOR) for hit in words}
    for hit in meanings:
        weight = _weight(hit.key, language, learned, is_sentence)
        scores[hit.key] = scores.get(hit.key, 0.0) + weight * max(0.0, hit.score)
    versions = {hit.key: hit.version for hit in (*meanings, *words)}
    order = sorted(scores, key=lambda key: (_tier(key, language), -scores[key], key))
    return [Scored(key, versions[key], scores[key]) for key in order]


def language_of(key: str) -> str:
    """Return the language in the key of a document."""
    return key.rpartition("/")[2]


def _tier(key: str, language: str) -> int:
    found = language_of(key)
    if found == language:
        return 0
    return 1 if found == language.partition("-")[0] else 2


def _weight(key: str, language: str, learned: Collection[str], is_sentence: bool) -> float:
    if not is_sentence and _tier(key, language) < 2:
        return FEW_WORDS
    if language.partition("-")[0] not in learned:
        return UNLEARNED_SAME if _tier(key, language) < 2 else UNLEARNED_OTHER
    return SAME_LANGUAGE if _tier(key, language) < 2 else OTHER_LANGUAGE
