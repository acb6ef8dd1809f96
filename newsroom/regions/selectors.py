"""Reads of the gazetteer by key and by postal code."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from newsroom.regions.geometry import Point
from newsroom.regions.models import Region

STATE_DIGITS, DISTRICT_DIGITS, AGS_DIGITS, ARS_DIGITS = 2, 5, 8, 12
POSTAL_CODE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What a reader's text stands for: no, one or several regions."""

    regions: tuple[Region, ...]
    is_postal_code: bool = False


def valid() -> QuerySet[Region]:
    """Return the regions that exist today, with what they lie in."""
    return Region.objects.filter(valid_until=None).select_related("parent__parent")


def by_key(key: str) -> tuple[Region, ...]:
    """Return the regions of today that a 2, 5 or 12-digit key or an 8-digit AGS stands for.

    One, several where an ended region was divided, none where it has no successor or the key is
    unknown.
    """
    found = with_key(key)
    return tuple(each for each in today(found) if each.valid_until is None) if found else ()


def with_key(key: str) -> Region | None:
    """Return the region that has this key, whether it still exists or not.

    The municipality key of a district-free city ("03101000") is the city's district key.
    """
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
        .select_related("parent__parent")
        .order_by(is_ended, "key")
        .first()
    )


def today(region: Region) -> tuple[Region, ...]:
    """Return what the region is today: its successors, the biggest first, or itself."""
    if region.valid_until is None:
        return (region,)
    successors = region.successors.select_related("parent__parent")
    return tuple(successors.order_by("-population", "key")) or (region,)


def current(region: Region) -> Region:
    """Return the one region that this one is today; itself where it was divided."""
    found = today(region)
    return found[0] if len(found) == 1 else region


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

    An ended region lies in its successors, too: who asks for one of them finds its people.
    """
    own = [each for region in regions for each in (region, *today(region))]
    return tuple(sorted({each.key for region in own for each in (region, *ancestors(region))}))


def by_keys(keys: Iterable[str]) -> dict[str, Region]:
    """Return the known regions of `keys`, with their parents loaded."""
    return Region.objects.select_related("parent__parent").in_bulk(list(keys))


def within(region: Region) -> QuerySet[Region]:
    """Return the region, what lies in it, and what has become part of it.

    What lies in a region has a key that begins with the region's.
    """
    joined = Region.successors.through.objects.filter(starts(region.key, column="to_region__key"))
    inside = starts(region.key) | Q(pk__in=joined.values("from_region"))
    return Region.objects.filter(inside).order_by()


def starts(text: str, *, column: str = "key") -> Q:
    """Return the condition "begins with `text`" in the form whose index the database can use."""
    if connection.vendor == "sqlite":  # its LIKE reads every row
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + "\U0010ffff"})
    return Q(**{f"{column}__startswith": text})


def display_name(region: Region, language: str) -> str:
    """Return the region's name for readers of `language`; German full name where none is known."""
    return str(region.names.get(language) or region.full_name)
