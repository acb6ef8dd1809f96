"""Regions whose typed names fit a text, each with how well: whole, beginning or misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from django.db.models import Q

from newsroom.regions import names
from newsroom.regions.models import Region, RegionName
from newsroom.regions.selectors import starts

Rank = RegionName.Rank

MIN_LETTERS = 2
MIN_VILLAGE = 4  # letters
MIN_FUZZY = 5  # letters; in shorter words one error makes another word
CANDIDATES = 120  # beginnings that are looked at, the most populous
CANDIDATES_NEAR = 1_000  # the same where the nearest may be a village
BIG_CITY = 5.0  # power of ten of people; such a city has quarters that no official list names

# What a beginning counts for, in powers of ten of people.
_BONUS = {
    Rank.WHOLE: 1.0, Rank.SHORT: 1.0, Rank.PART: 0.0, Rank.DESIGNATED: 1.0, Rank.FOREIGN: -1.0,
    Rank.VILLAGE: -2.0,
}  # fmt: skip
_BONUS_EXACT = dict.fromkeys(Rank, 10.0) | {Rank.PART: 0.8}
_LAST = -100.0  # of misspelt names
_INDIRECT = (Rank.PART, Rank.VILLAGE)  # what is no name of the region itself


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that fits, by its key. `size` is the power of ten of its people.

    `is_whole` says that its whole official name was typed. The higher the score the better.
    """

    region: str
    size: float
    bonus: float
    is_whole: bool = False

    @property
    def score(self) -> float:
        """Return what candidates are ordered by."""
        return self.size + self.bonus


def named(typed: Sequence[str]) -> list[Candidate]:
    """Return the regions whose whole name was typed, perhaps with what they lie in."""
    if not typed:
        return []
    for order in _orders(typed):
        if found := _whole(order):
            return found
    for cut in range(len(typed) - 1, 0, -1):
        for name, context in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
            if found := _inside(_whole(name), context):
                return found
    return []


def ending_in_a_letter(typed: Sequence[str]) -> list[Candidate]:
    """Return the regions that a last letter tells from others: "Frankfurt (O)".

    The same letter may stand for a small word, which counts for nothing elsewhere.
    """
    if len(typed) < 2 or len(typed[-1]) > 1:
        return []
    rows = _rows(starts(names.joined(typed[:-1]) + typed[-1]), ranks=[Rank.WHOLE], many=False)
    return [Candidate(region, _size(people), _BONUS[Rank.WHOLE]) for region, _, _, people in rows]


def _orders(typed: Sequence[str]) -> list[Sequence[str]]:
    """Return the words as typed, and as the official name orders them.

    A designation at the end goes to the front ("Harz Landkreis", "Harzkreis"); a title of a town
    that is not its own is any town's ("Hansestadt Hamburg").
    """
    orders = [typed]
    first, last = typed[0], typed[-1]
    if len(typed) > 1 and last in names.TRAILING:
        orders.append(["landkreis" if last == "land" else last, *typed[:-1]])
    elif last.endswith("kreis") and len(last) > len("kreis") + 2:
        orders.append(["landkreis", *typed[:-1], last.removesuffix("kreis")])
    if len(typed) > 1 and first.endswith("stadt") and first != "stadt":
        orders += [["stadt", *typed[1:]], typed[1:]]
    return orders


def _whole(typed: Sequence[str]) -> list[Candidate]:
    rows = RegionName.objects.filter(key=names.joined(typed))
    rows = rows.exclude(rank__in=_INDIRECT)
    return [
        Candidate(region, _size(people), _BONUS_EXACT[Rank(rank)], is_whole=rank != Rank.SHORT)
        for region, rank, people in rows.values_list("region_id", "rank", "population")
    ]


def _inside(found: list[Candidate], context: Sequence[str]) -> list[Candidate]:
    """Return those of `found` that lie in something whose name begins as `context` does."""
    if not found:
        return []
    around = names.joined(context)
    if len(around) < MIN_LETTERS:
        return []
    wanted = starts(around) if len(around) > 3 else Q(key=around)
    above = RegionName.objects.filter(wanted).exclude(rank__in=_INDIRECT).values("region_id")
    fits = Q(parent__in=above) | Q(parent__parent__in=above)
    kept = set(
        Region.objects.filter(pk__in=[each.region for each in found])
        .filter(fits)
        .values_list("pk", flat=True)
    )
    return [each for each in found if each.region in kept]


def villages(typed: Sequence[str], *, is_whole: bool) -> list[Candidate]:
    """Return the regions in which a place of that name lies, or one whose name begins so."""
    text = names.joined(typed)
    if len(text) < MIN_VILLAGE:
        return []
    wanted = Q(key=text) if is_whole else starts(text)
    rows = _rows(wanted, ranks=[Rank.VILLAGE], many=False)
    return [Candidate(region, _size(people), _BONUS[Rank.VILLAGE]) for region, _, _, people in rows]


def cities_with_quarter(typed: Sequence[str]) -> list[Candidate]:
    """Return the big city that the first word names: "Berlin Mitte" is in no official list."""
    if not 1 < len(typed) < 4 or not names.SMALL_WORDS.isdisjoint(typed):
        return []
    return best(each for each in _whole(typed[:1]) if each.size >= BIG_CITY)


def beginnings(typed: Sequence[str], *, many: bool) -> list[Candidate]:
    """Return regions with a name that begins as the text does."""
    text = names.joined(typed)
    if len(text) < MIN_LETTERS:
        return []
    is_designated = typed[0] in names.DESIGNATIONS
    ranks = set(Rank) - {Rank.VILLAGE} - (set() if is_designated else {Rank.DESIGNATED})
    rows = _rows(starts(text), ranks=ranks, many=many)
    if not rows and not is_designated and text.startswith(tuple(names.DESIGNATIONS)):
        rows = _rows(starts(text), ranks=[Rank.DESIGNATED], many=many)
    return [
        Candidate(region, _size(people), (_BONUS_EXACT if name == text else _BONUS)[Rank(rank)])
        for region, name, rank, people in rows
    ]


def misspelt(typed: Sequence[str]) -> list[Candidate]:
    """Return regions with a name that one typing error parts from the text.

    One error leaves one half of the text as it was (without the letter between them, for two that
    changed places): the names with that half are looked through, from the front and from behind.
    Where no whole name fits, beginnings are tried.
    """
    text = names.joined(typed)
    size = len(text)
    if size < MIN_FUZZY or text.isdecimal():
        return []
    half = (size + 1) // 2
    front = _rows(starts(text[: half - 1]), ranks=_FUZZY_RANKS, many=True)
    behind = _rows(starts(text[half:][::-1], column="reverse"), ranks=_FUZZY_RANKS, many=True)
    whole = [row for row in {*front, *behind} if names.is_one_edit(text, row[1])]
    found = whole or [
        row
        for row in front
        if row[2] != Rank.DESIGNATED
        and any(names.is_one_edit(text, row[1][:end]) for end in (size - 1, size, size + 1))
    ]
    return [Candidate(region, _size(people), _LAST) for region, _name, _rank, people in found]


_FUZZY_RANKS = (Rank.WHOLE, Rank.SHORT, Rank.DESIGNATED, Rank.FOREIGN)

Row = tuple[str, str, int, int]


def _rows(wanted: Q, *, ranks: Iterable[int], many: bool) -> list[Row]:
    found = RegionName.objects.filter(wanted, rank__in=list(ranks)).order_by("-population")
    columns = found.values_list("region_id", "key", "rank", "population")
    return list(columns[: CANDIDATES_NEAR if many else CANDIDATES])


def _size(population: int) -> float:
    return log10(population + 10)


def best(found: Iterable[Candidate]) -> list[Candidate]:
    """Return one candidate a region, the best first."""
    best: dict[str, Candidate] = {}
    for each in found:
        if each.region not in best or each.score > best[each.region].score:
            best[each.region] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.region))
