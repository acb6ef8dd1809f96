"""Regions whose typed names fit a text, each with how well: whole, beginning or misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from django.db import connection
from django.db.models import Q

from newsroom.regions import names
from newsroom.regions.models import Region, RegionName

Rank = RegionName.Rank

MIN_LETTERS = 2
MIN_FUZZY = 5  # letters; in shorter words one error makes another word
CANDIDATES = 120  # beginnings that are looked at, the most populous
CANDIDATES_NEAR = 1_000  # the same where the nearest may be a village
BIG_CITY = 5.0  # power of ten of people; such a city has quarters that no official list names

# What a beginning counts for, in powers of ten of people.
_BONUS = {
    Rank.WHOLE: 1.0, Rank.SHORT: 1.0, Rank.PART: 0.0, Rank.DESIGNATED: 1.0, Rank.FOREIGN: -1.0,
}  # fmt: skip
_BONUS_EXACT = dict.fromkeys(Rank, 10.0) | {Rank.PART: 0.8}
_LAST = -100.0  # of misspelt names


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


def _orders(typed: Sequence[str]) -> list[Sequence[str]]:
    """Return the words as typed, and with a designation at the end put in front."""
    orders = [typed]
    if len(typed) > 1 and typed[-1] in names.DESIGNATIONS:
        last = "landkreis" if typed[-1] == "land" else typed[-1]
        orders.append([last, *typed[:-1]])
    return orders


def _whole(typed: Sequence[str]) -> list[Candidate]:
    rows = RegionName.objects.filter(key=names.joined(typed)).exclude(rank=Rank.PART)
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
    above = RegionName.objects.filter(wanted).exclude(rank=Rank.PART).values("region_id")
    fits = Q(parent__in=above) | Q(parent__parent__in=above)
    kept = set(
        Region.objects.filter(pk__in=[each.region for each in found])
        .filter(fits)
        .values_list("pk", flat=True)
    )
    return [each for each in found if each.region in kept]


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
    is_designated = bool(typed) and typed[0] in names.DESIGNATIONS
    ranks = [rank for rank in Rank if is_designated or rank != Rank.DESIGNATED]
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


def starts(text: str, *, column: str = "key") -> Q:
    """Return the condition "begins with `text`" in the form whose index the database can use."""
    if connection.vendor == "sqlite":  # its LIKE reads every row
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + "\U0010ffff"})
    return Q(**{f"{column}__startswith": text})


def _size(population: int) -> float:
    return log10(population + 10)


def best(found: Iterable[Candidate]) -> list[Candidate]:
    """Return one candidate a region, the best first."""
    best: dict[str, Candidate] = {}
    for each in found:
        if each.region not in best or each.score > best[each.region].score:
            best[each.region] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.region))
