"""Which regions a reader may mean by what was typed.

A key or a postal code stands for itself; everything else is compared with the typed names, in
this order: whole names, beginnings of names, a name with what it lies in ("Halle NRW"), and at
last names that one typing error parts from the text. Typing errors never outrank a beginning.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from django.db import connection
from django.db.models import Q

from newsroom.regions import names
from newsroom.regions.geometry import Point, kilometres
from newsroom.regions.models import PostalCode, Region, RegionName
from newsroom.regions.selectors import (
    DISTRICT_DIGITS,
    POSTAL_CODE_DIGITS,
    Match,
    by_key,
    by_postal_code,
    valid,
)

Rank = RegionName.Rank

LIMIT = 10
MIN_LETTERS = 2
MIN_FUZZY = 5  # letters; in shorter words one error makes another word
CANDIDATES = 120  # beginnings that are looked at, the most populous
CANDIDATES_NEAR = 1_000  # the same where the nearest may be a village
# Powers of ten of people:
BIG_CITY = 5.0  # such a city has quarters that no official list names
SMALL = 4.0  # where nothing bigger is found, the text may be misspelt,
MUCH_BIGGER = 1.3  # if what it is meant to be is so much bigger
NAMESAKE = 1.7  # who names a city does not mean a village whose name is longer
MAX_TYPED = 120  # characters of a name
MAX_WORDS = 8

_DIGITS = re.compile(r"[0-9]+")
_POSTAL_CODE = re.compile(r"(?<!\w)(?:D|DE)?[-\s]?([0-9]{5})(?!\w)", re.IGNORECASE)
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


def match(text: str) -> Match:
    """Return the regions that `text` names: an official key, a postal code or a whole name.

    Official keys come first: "03158" is the district, although five digits could be a postal
    code. Several regions of one name are all returned; the caller asks which one is meant. Parts
    of names and misspelt ones name nothing here.
    """
    text = text.strip()
    if _DIGITS.fullmatch(text):
        found = by_key(text)
        return Match((found,)) if found and found.valid_until is None else by_postal_code(text)
    if coded := _with_postal_code(text):
        return Match(tuple(coded), is_postal_code=True)
    named = _named(_words(text))
    biggest = max((each.size for each in named), default=0.0)
    exact = {each.region for each in named if each.is_whole or each.size > biggest - NAMESAKE}
    regions = valid().in_bulk(exact).values()
    alone = [region for region in regions if not _is_all_of_its_state(region, exact)]
    return Match(tuple(sorted(alone, key=lambda region: (-region.population, region.key))))


def suggest(text: str, *, near: Point | None = None, limit: int = LIMIT) -> tuple[Region, ...]:
    """Return the regions that `text` may stand for, the likeliest first.

    Bigger ones come before smaller ones; where `near` (latitude, longitude) is given, the nearer
    before the farther. Fewer than two characters suggest nothing. A whole postal code suggests
    all its regions, however many; everything else at most `limit`.
    """
    text = text.strip()[:MAX_TYPED]
    if len(text) < MIN_LETTERS:
        return ()
    if _DIGITS.fullmatch(text):
        return _by_digits(text, limit=limit)
    if coded := _with_postal_code(text):
        return tuple(coded)
    typed = _words(text)
    best = _best([*_named(typed), *_beginnings(typed, many=near is not None)])
    biggest = max((each.size for each in best), default=0.0)
    if biggest < SMALL:
        best += _best(each for each in _misspelt(typed) if each.size > biggest + MUCH_BIGGER)
    return tuple(_loaded(best or _cities_with_quarter(typed), near=near, limit=limit))


def _words(text: str) -> list[str]:
    return names.words(text)[:MAX_WORDS]


# Digits


def _by_digits(text: str, *, limit: int) -> tuple[Region, ...]:
    first = by_key(text)
    found = [first] if first and first.valid_until is None else []
    if len(text) == POSTAL_CODE_DIGITS:
        found += by_postal_code(text).regions
        if found:
            return tuple(dict.fromkeys(found))
    wanted = _starts(text)
    if len(text) > POSTAL_CODE_DIGITS:
        wanted |= _starts(text, column="ags")
    else:
        coded = PostalCode.objects.filter(_starts(text, column="code"))
        wanted |= Q(pk__in=coded.values("region_id"))
    others = valid().filter(wanted).order_by("-population", "key")
    return tuple(dict.fromkeys([*found, *others[:limit]]))[:limit]


def _with_postal_code(text: str) -> list[Region]:
    """Return the regions of a postal code among words: those that the words name, else all."""
    codes = _POSTAL_CODE.findall(text)
    if len(codes) != 1:
        return []
    regions = list(by_postal_code(codes[0]).regions)
    rest = names.key(_POSTAL_CODE.sub(" ", text))
    if not rest or not regions:
        return regions
    fitting = RegionName.objects.filter(region__in=regions).filter(_starts(rest))
    keys = set(fitting.values_list("region_id", flat=True))
    return [region for region in regions if region.pk in keys] or regions


# Names


def _named(typed: Sequence[str]) -> list[Candidate]:
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
    wanted = _starts(around) if len(around) > 3 else Q(key=around)
    above = RegionName.objects.filter(wanted).exclude(rank=Rank.PART).values("region_id")
    fits = Q(parent__in=above) | Q(parent__parent__in=above)
    kept = set(
        Region.objects.filter(pk__in=[each.region for each in found])
        .filter(fits)
        .values_list("pk", flat=True)
    )
    return [each for each in found if each.region in kept]


def _cities_with_quarter(typed: Sequence[str]) -> list[Candidate]:
    """Return the big city that the first word names: "Berlin Mitte" is in no official list."""
    if not 1 < len(typed) < 4 or not names.SMALL_WORDS.isdisjoint(typed):
        return []
    return _best(each for each in _whole(typed[:1]) if each.size >= BIG_CITY)


def _beginnings(typed: Sequence[str], *, many: bool) -> list[Candidate]:
    """Return regions with a name that begins as the text does."""
    text = names.joined(typed)
    if len(text) < MIN_LETTERS:
        return []
    is_designated = bool(typed) and typed[0] in names.DESIGNATIONS
    ranks = [rank for rank in Rank if is_designated or rank != Rank.DESIGNATED]
    rows = _rows(_starts(text), ranks=ranks, many=many)
    if not rows and not is_designated and text.startswith(tuple(names.DESIGNATIONS)):
        rows = _rows(_starts(text), ranks=[Rank.DESIGNATED], many=many)
    return [
        Candidate(region, _size(people), (_BONUS_EXACT if name == text else _BONUS)[Rank(rank)])
        for region, name, rank, people in rows
    ]


def _misspelt(typed: Sequence[str]) -> list[Candidate]:
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
    front = _rows(_starts(text[: half - 1]), ranks=_FUZZY_RANKS, many=True)
    behind = _rows(_starts(text[half:][::-1], column="reverse"), ranks=_FUZZY_RANKS, many=True)
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


def _starts(text: str, *, column: str = "key") -> Q:
    """Return the condition "begins with `text`" in the form whose index the database can use."""
    if connection.vendor == "sqlite":  # its LIKE reads every row
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + "\U0010ffff"})
    return Q(**{f"{column}__startswith": text})


# Order


def _size(population: int) -> float:
    return log10(population + 10)


def _best(found: Iterable[Candidate]) -> list[Candidate]:
    """Return one candidate a region, the best first."""
    best: dict[str, Candidate] = {}
    for each in found:
        if each.region not in best or each.score > best[each.region].score:
            best[each.region] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.region))


def _loaded(found: list[Candidate], *, near: Point | None, limit: int) -> list[Region]:
    if near is None:
        found = found[:limit]
    regions = valid().in_bulk([each.region for each in found])
    placed = [(each.score, regions[each.region]) for each in found if each.region in regions]
    if near is not None:
        placed = [(score - _farness(region, near), region) for score, region in placed]
        placed.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [region for _score, region in placed[:limit]]


def _farness(region: Region, near: Point) -> float:
    """Return what distance takes from a score: 50 km weigh as much as a size of one to thirty."""
    if region.latitude is None or region.longitude is None:
        return 0.0
    return 1.5 * log10(1 + kilometres(near, (region.latitude, region.longitude)) / 5)


def _is_all_of_its_state(region: Region, found: set[str]) -> bool:
    """Return whether the region is a city that fills a state which was found as well."""
    return (
        len(region.key) == DISTRICT_DIGITS
        and region.parent is not None
        and region.parent_id in found
        and region.parent.population == region.population
    )
