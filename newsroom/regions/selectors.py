"""Reads of the gazetteer by key and by postal code."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from newsroom.regions.geometry import Point
from newsroom.regions.models import Region

STATE_DIGITS, DISTRICT_DIGITS, AGS_DIGITS, ARS_DIGITS = 2, 5, 8, 12
POSTAL_CODE_DIGITS = 5
# How far a chain of successors is followed: reforms come once in a generation.
MAX_SUCCESSORS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What a reader's text stands for: no, one or several regions."""

    regions: tuple[Region, ...]
    is_postal_code: bool = False


def valid() -> QuerySet[Region]:
    """Return the regions that exist today, with what they lie in."""
    return Region.objects.filter(valid_until=None).select_related("parent__parent")


def by_key(key: str) -> Region | None:
    """Return the region of a 2, 5 or 12-digit key or of an 8-digit AGS, or None.

    The municipality key of a district-free city ("03101000") is the city's district key. The key
    of an ended region means its successor, or the ended one itself where none is known.
    """
    found = with_key(key)
    return current(found) if found else None


def with_key(key: str) -> Region | None:
    """Return the region that has this key, whether it still exists or not."""
    candidates = Q(key=key)
    if len(key) == AGS_DIGITS:
        candidates |= Q(ags=key)
        if key.endswith("000"):
            candidates |= Q(key=key[:DISTRICT_DIGITS])
    if len(key) == ARS_DIGITS and key.endswith("0000000"):
        candidates |= Q(key=key[:DISTRICT_DIGITS])
    is_ended = Case(When(valid_until=None, then=Value(0)), default=1, output_field=IntegerField())
    return (
        Region.objects.filter(candidates)
        .select_related("parent__parent", "successor__parent__parent")
        .order_by(is_ended, "key")
        .first()
    )


def current(region: Region) -> Region:
    """Return what the region became: the last of its successors, itself where there is none."""
    for _step in range(MAX_SUCCESSORS):
        if region.successor is None:
            break
        region = region.successor
    return region


def by_postal_code(code: str) -> Match:
    """Return the regions a five-digit postal code delivers to, the most populous first."""
    regions = valid().filter(postal_codes__code=code).order_by("-population", "key")
    return Match(tuple(regions), is_postal_code=True)


def centre(code: str) -> Point | None:
    """Return the middle of the most populous region a postal code delivers to, None where unknown.

    The latitude and longitude in degrees.
    """
    for region in by_postal_code(code).regions if code else ():
        if region.latitude is not None and region.longitude is not None:
            return region.latitude, region.longitude
    return None


def ancestors(region: Region) -> tuple[Region, ...]:
    """Return what the region lies in, the nearest first."""
    above: list[Region] = []
    while region.parent is not None:
        region = region.parent
        above.append(region)
    return tuple(above)


def paths(regions: Iterable[Region]) -> tuple[str, ...]:
    """Return the sorted keys of the regions and of everything they lie in.

    An ended region lies in its successor, too: who asks for that finds its people.
    """
    today = [each for region in regions for each in (region, current(region))]
    return tuple(sorted({each.key for region in today for each in (region, *ancestors(region))}))


def by_keys(keys: Iterable[str]) -> dict[str, Region]:
    """Return the known regions of `keys`, with their parents loaded."""
    return Region.objects.select_related("parent__parent").in_bulk(list(keys))


def within(region: Region) -> QuerySet[Region]:
    """Return the region, what lies in it, and what has become part of it."""
    inside = Q()
    for prefix in ("", "parent__", "parent__parent__"):
        inside |= Q(**{f"{prefix}pk": region.pk})
        inside |= Q(**{f"successor__{prefix}pk": region.pk})
    return Region.objects.filter(inside).order_by()


def display_name(region: Region, language: str) -> str:
    """Return the region's name for readers of `language`; German full name where none is known."""
    return str(region.names.get(language) or region.full_name)
