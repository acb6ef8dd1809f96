"""Of more hits than can be ranked, those that most likely stand on top.

To rank a hit the database reads all places of all words in it. Of tens of thousands it would take
seconds, and nobody goes through them: a rough score by rare words and words of the title says
which are worth it. The others follow by date.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from math import log

from search import expressions, statements
from search.expressions import Alternatives
from search.results import Criteria
from search.statements import Match

RANKED = 1_000  # hits
ENOUGH = 2_000  # documents with rare words, among which alone frequent ones are looked for
ANYWHERE, IN_TITLE = 1.0, 0.5  # of a word's rarity


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The ids of the hits to rank, and how rare each stretch of the question is among all hits.

    `rarities` are empty where the database knows them by itself, or where all hits have all words.
    """

    ids: list[int]
    rarities: Sequence[float] = ()


def likeliest(
    criteria: Criteria, wanted: Alternatives, hits: Sequence[Match], *, every: bool
) -> Likeliest:
    """Return the hits to rank; `every`: all of them have all words."""
    if len(hits) <= RANKED:
        ids = [match[0] for match in hits]
        if every or expressions.knows_rarity():
            return Likeliest(ids)
        counts = statements.counts(ids, [_match([stretch]) for stretch in wanted])
        return Likeliest(ids, [_rarity(len(ids), count) for count in counts])
    titled = [statements.ids(_match([stretch]), in_title=True) for stretch in wanted]
    scores: dict[int, float] = defaultdict(float)
    rarities: Sequence[float] = ()
    if not every:
        # What few titles have is rare in texts, too.
        order = sorted(range(len(wanted)), key=lambda number: len(titled[number]))
        found = _score_texts(scores, [wanted[number] for number in order], len(hits))
        rarities = [rarity for _, rarity in sorted(zip(order, found, strict=True))]
    for ids in titled:
        _add(scores, ids, IN_TITLE * _rarity(len(hits), len(ids)))
    return Likeliest(_by_language(criteria.language, hits, scores), rarities)


def _by_language(language: str, hits: Sequence[Match], scores: Mapping[int, float]) -> list[int]:
    """Return the ids with the highest scores, those in the reader's language before others."""
    found: list[int] = []
    for known in dict.fromkeys((language, language.partition("-")[0], "")):
        ids = [pk for pk, _, of, _ in hits if of == known or not known]
        found += _best(ids, scores, but=frozenset(found))
        if len(found) >= RANKED:
            break
    return found[:RANKED]


def _score_texts(scores: dict[int, float], words: Alternatives, hits: int) -> list[float]:
    """Score documents by the words in them, given the rarest first; return how rare each is.

    A word that most documents have takes as long to read as all others together, and tells little:
    it is looked for only in what has a rarer one, as soon as that is enough to rank.
    """
    rarities = []
    for number, word in enumerate(words):
        if not scores and number == len(words) - 1:
            rarities.append(_rarity(hits, hits))  # the only word that is found: all hits have it
            break
        among = _match(words[:number]) if len(scores) >= ENOUGH else ""
        of = len(scores) if among else hits
        ids = statements.ids(_match([word]), in_title=False, among=among)
        rarities.append(_rarity(of, len(ids)))
        _add(scores, ids, ANYWHERE * rarities[-1])
    return rarities


def _match(words: Alternatives) -> str:
    return expressions.match(words, every=False)


def _best(ids: Sequence[int], scores: Mapping[int, float], *, but: Set[int]) -> list[int]:
    """Return those with the highest scores; of equal ones what was stored last."""
    scored = [(scores[pk], pk) for pk in ids if pk in scores and pk not in but]
    best = [pk for _, pk in nlargest(RANKED, scored)]
    if len(best) < RANKED:
        best += nlargest(RANKED, (pk for pk in ids if pk not in scores and pk not in but))
    return best


def _rarity(of: int, having: int) -> float:
    """Return how much it tells that a document has what `having` of as many have."""
    return log(1 + of / (1 + having))


def _add(scores: dict[int, float], ids: Sequence[int], score: float) -> None:
    for pk in ids:
        scores[pk] += score
