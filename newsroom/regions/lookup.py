"""Which regions a reader may mean by what was typed.

A key or a postal code stands for itself; everything else is compared with the typed names
(regions.candidates), in this order: whole names, beginnings of names, a name with what it lies in
("Halle NRW"), villages and quarters where no bigger region is meant, and at last names that one
typing error parts from the text. Typing errors never outrank a beginning.
"""

import re
from collections.abc import Iterable
from math import log10

from django.db.models import Q

from newsroom.regions import candidates, names
from newsroom.regions.candidates import Candidate, best
from newsroom.regions.geometry import Point, kilometres
from newsroom.regions.models import PostalCode, Region, RegionName
from newsroom.regions.selectors import (
    DISTRICT_DIGITS,
    POSTAL_CODE_DIGITS,
    Match,
    by_key,
    by_postal_code,
    starts,
    valid,
)

Rank = RegionName.Rank

LIMIT = 10
MAX_TYPED = 120  # characters of a name
MAX_WORDS = 8
# Powers of ten of people:
SMALL = 4.0  # where nothing bigger is found, the text may be misspelt,
MUCH_BIGGER = 1.3  # if what it is meant to be is so much bigger
OTHER_LETTERS = 6.0  # what it costs when the reader has typed an umlaut and the name has none
NAMESAKE = 1.7  # who names a city does not mean a village whose name is longer

_UMLAUTS = frozenset("äöü")
_DIGITS = re.compile(r"[0-9]+")
_POSTAL_CODE = re.compile(r"(?<!\w)(?:D|DE)?[-\s]?([0-9]{5})(?!\w)", re.IGNORECASE)


def match(text: str) -> Match:
    """Return the regions that `text` names: an official key, a postal code or a whole name.

    Official keys come first: "03158" is the district, although five digits could be a postal
    code. Several regions of one name are all returned; the caller asks which one is meant. Parts
    of names and misspelt ones name nothing here.
    """
    text = text.strip()
    if _DIGITS.fullmatch(text):
        found = by_key(text)
        return Match(found) if found else by_postal_code(text)
    if coded := _with_postal_code(text):
        return Match(tuple(coded), is_postal_code=True)
    typed = _words(text)
    named = candidates.named(typed) or candidates.villages(typed, is_whole=True)
    biggest = max((each.size for each in named), default=0.0)
    exact = {each.region for each in named if each.is_whole or each.size > biggest - NAMESAKE}
    regions = valid().in_bulk(exact).values()
    alone = [region for region in regions if not _is_all_of_its_state(region, exact)]
    literal = [region for region in alone if _is_literal(region, _with_umlauts(text))]
    return Match(
        tuple(sorted(literal or alone, key=lambda region: (-region.population, region.key)))
    )


def whole_names(texts: Iterable[str]) -> list[str]:
    """Return those of `texts` that are a five-digit number or somebody's whole name: one query."""
    texts = list(texts)
    keys = {text: names.key(text) for text in texts if not _DIGITS.fullmatch(text)}
    known = RegionName.objects.filter(key__in=set(keys.values())).exclude(rank=Rank.PART)
    found = set(known.values_list("key", flat=True)) if keys else set()
    return [
        text
        for text in texts
        if keys.get(text) in found or (_DIGITS.fullmatch(text) and len(text) == POSTAL_CODE_DIGITS)
    ]


def beginning(text: str, *, limit: int) -> tuple[str, ...]:
    """Return the keys of the regions whose names begin as `text` does, the likeliest first.

    One query and nothing forgiven: for places among other suggestions.
    """
    text = text.strip()[:MAX_TYPED]
    if _DIGITS.fullmatch(text):
        return tuple(region.key for region in _by_digits(text, limit=limit))[:limit]
    found = best(candidates.beginnings(_words(text), many=False))
    return tuple(each.region for each in found[:limit])


def suggest(text: str, *, near: Point | None = None, limit: int = LIMIT) -> tuple[Region, ...]:
    """Return the regions that `text` may stand for, the likeliest first.

    Bigger ones come before smaller ones; where `near` (latitude, longitude) is given, the nearer
    before the farther. Fewer than two characters suggest nothing. A whole postal code suggests
    all its regions, however many; everything else at most `limit`.
    """
    text = text.strip()[:MAX_TYPED]
    if len(text) < candidates.MIN_LETTERS:
        return ()
    if _DIGITS.fullmatch(text):
        return _by_digits(text, limit=limit)
    if coded := _with_postal_code(text):
        return tuple(coded)
    typed = _words(text)
    fitting = candidates.ending_in_a_letter(typed) or [
        *candidates.named(typed),
        *candidates.beginnings(typed, many=near is not None),
    ]
    found = best(fitting)
    biggest = max((each.size for each in found), default=0.0)
    if biggest < SMALL:
        fitting += candidates.villages(typed, is_whole=True)
        fitting = fitting or candidates.villages(typed, is_whole=False)
        found = best(fitting)
        misspelt = candidates.misspelt(typed)
        found += best(each for each in misspelt if each.size > biggest + MUCH_BIGGER)
    found = found or candidates.cities_with_quarter(typed)
    return tuple(_loaded(found, text, near=near, limit=limit))


def _words(text: str) -> list[str]:
    return names.words(text)[:MAX_WORDS]


# Digits


def _by_digits(text: str, *, limit: int) -> tuple[Region, ...]:
    found = list(by_key(text))
    if len(text) == POSTAL_CODE_DIGITS:
        found += by_postal_code(text).regions
        if found:
            return tuple(dict.fromkeys(found))
    wanted = starts(text)
    if len(text) > POSTAL_CODE_DIGITS:
        wanted |= starts(text, column="ags")
    else:
        coded = PostalCode.objects.filter(starts(text, column="code"))
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
    fitting = RegionName.objects.filter(region__in=regions).filter(starts(rest))
    keys = set(fitting.values_list("region_id", flat=True))
    whole = set(fitting.filter(key=rest, rank__lt=Rank.PART).values_list("region_id", flat=True))
    chosen = whole or keys
    return [region for region in regions if region.pk in chosen] or regions


# Order


def _loaded(found: list[Candidate], text: str, *, near: Point | None, limit: int) -> list[Region]:
    """Return the regions of the best candidates; the nearer and the literally typed come first."""
    marked = _with_umlauts(text)
    if near is None and not marked:
        found = found[:limit]
    regions = valid().in_bulk([each.region for each in found])
    placed = []
    for each in found:
        if (region := regions.get(each.region)) is None:
            continue
        score = each.score - (_farness(region, near) if near else 0)
        score -= 0 if _is_literal(region, marked) else OTHER_LETTERS
        placed.append((score, region))
    placed.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [region for _score, region in placed[:limit]]


def _with_umlauts(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if not _UMLAUTS.isdisjoint(word)]


def _is_literal(region: Region, marked: list[str]) -> bool:
    """Return whether the name has the umlauts that were typed: "Mü" is not "Mu"."""
    name = region.full_name.casefold()
    return all(word in name for word in marked)


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
