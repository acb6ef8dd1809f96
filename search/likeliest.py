"""Of more hits than can be ranked, those that most likely stand on top.

To rank a hit the database reads all places of all words in it. Of tens of thousands it would take
seconds, and nobody goes through them: a rough score by rare words and words of the title says
which are worth it. The others follow by date.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from heapq import nlargest
from math import log

from search import expressions, statements
from search.expressions import Alternatives
from search.results import Criteria
from search.statements import Match

RANKED = 1_000  # hits
ENOUGH = 2_000  # documents with rare words, among which alone frequent ones are looked for
ANYWHERE, IN_TITLE = 1.0, 0.5  # of a word's rarity


def likeliest(
    criteria: Criteria, wanted: Alternatives, hits: Sequence[Match], *, every: bool
) -> list[int]:
    """Return the ids of the hits to rank; `every`: all of them have all words."""
    if len(hits) <= RANKED:
        return [match[0] for match in hits]
    titled = [(statements.ids(_match([word]), in_title=True), word) for word in wanted]
    scores: dict[int, float] = defaultdict(float)
    if not every:
        # What few titles have is rare in texts, too.
        titled.sort(key=lambda pair: len(pair[0]))
        _score_texts(scores, [word for _, word in titled], len(hits))
    for ids, _ in titled:
        _add(scores, ids, len(hits), weight=IN_TITLE)
    found: list[int] = []
    for language in dict.fromkeys((criteria.language, criteria.language.partition("-")[0], "")):
        ids = [pk for pk, _, of, _ in hits if of == language or not language]
        found += _best(ids, scores, but=frozenset(found))
        if len(found) >= RANKED:
            break
    return found[:RANKED]


def _score_texts(scores: dict[int, float], words: Alternatives, hits: int) -> None:
    """Score documents by the words in them, given the rarest first.

    A word that most documents have takes as long to read as all others together, and tells little:
    it is looked for only in what has a rarer one, as soon as that is enough to rank.
    """
    for number, word in enumerate(words):
        if not scores and number == len(words) - 1:
            return  # the only word that is found: all hits have it
        among = _match(words[:number]) if len(scores) >= ENOUGH else ""
        ids = statements.ids(_match([word]), in_title=False, among=among)
        _add(scores, ids, len(scores) if among else hits, weight=ANYWHERE)


def _match(words: Alternatives) -> str:
    return expressions.match(words, every=False)


def _best(ids: Sequence[int], scores: Mapping[int, float], *, but: Set[int]) -> list[int]:
    """Return those with the highest scores; of equal ones what was stored last."""
    scored = [(scores[pk], pk) for pk in ids if pk in scores and pk not in but]
    best = [pk for _, pk in nlargest(RANKED, scored)]
    if len(best) < RANKED:
        best += nlargest(RANKED, (pk for pk in ids if pk not in scores and pk not in but))
    return best


def _add(scores: dict[int, float], ids: Sequence[int], hits: int, *, weight: float) -> None:
    rarity = weight * log(1 + hits / (1 + len(ids)))
    for pk in ids:
        scores[pk] += rarity
