"""Reads of the gazetteer: what a key, a postal code or a name stands for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from newsroom.regions.models import Region
from newsroom.regions.names import normalised

STATE_DIGITS, DISTRICT_DIGITS, AGS_DIGITS, ARS_DIGITS = 2, 5, 8, 12


@dataclass(frozen=True, slots=True)
class Match:
    """What a reader's text stands for: no, one or several regions."""

    regions: tuple[Region, ...]
    is_postal_code: bool = False


def match(text: str) -> Match:
    """Return the regions that `text` names: an official key, a postal code or a whole name.

    Official keys come first: "03158" is the district, although five digits could be a postal
    code. Several regions of one name are all returned; the caller asks which one is meant.
    """
    text = text.strip()
    if text.isdecimal() and text.isascii():
        if region := by_key(text):
            return Match((region,))
        return by_postal_code(text)
    name = normalised(text)
    if not name:
        return Match(())
    found = Region.objects.filter(search_name__contains=f"|{name}|").select_related("parent")
    return Match(tuple(sorted(found, key=lambda region: (region.level, -region.population))))


def by_key(key: str) -> Region | None:
    """Return the region of a 2, 5 or 12-digit key or of an 8-digit AGS, or None.

    The municipality key of a district-free city ("03101000") is the city's district key.
    """
    candidates = Q(key=key)
    if len(key) == AGS_DIGITS:
        candidates |= Q(ags=key)
        if key.endswith("000"):
            candidates |= Q(key=key[:DISTRICT_DIGITS])
    if len(key) == ARS_DIGITS and key.endswith("0000000"):
        candidates |= Q(key=key[:DISTRICT_DIGITS])
    return Region.objects.filter(candidates).select_related("parent__parent").first()


def by_postal_code(code: str) -> Match:
    """Return the regions a five-digit postal code delivers to, the most populous first."""
    regions = (
        Region.objects.filter(postal_codes__code=code)
        .select_related("parent__parent")
        .order_by("-population")
    )
    return Match(tuple(regions), is_postal_code=True)


def ancestors(region: Region) -> tuple[Region, ...]:
    """Return what the region lies in, the nearest first."""
    above: list[Region] = []
    while region.parent is not None:
        region = region.parent
        above.append(region)
    return tuple(above)


def paths(regions: Iterable[Region]) -> tuple[str, ...]:
    """Return the sorted keys of the regions and of everything they lie in."""
    return tuple(sorted({each.key for region in regions for each in (region, *ancestors(region))}))


def by_keys(keys: Iterable[str]) -> dict[str, Region]:
    """Return the known regions of `keys`, with their parents loaded."""
    return Region.objects.select_related("parent__parent").in_bulk(list(keys))


def display_name(region: Region, language: str) -> str:
    """Return the region's name for readers of `language`; German full name where none is known."""
    return str(region.names.get(language) or region.full_name)


def suggest(text: str, *, limit: int = 10) -> tuple[Region, ...]:
    """Return regions whose key, postal code or name begins as `text` does, bigger ones first.

    Fewer than two characters suggest nothing.
    """
    text = text.strip()
    if len(text) < 2:
        return ()
    if text.isdecimal() and text.isascii():
        wanted = Q(key__startswith=text) | Q(ags__startswith=text)
        wanted |= Q(postal_codes__code__startswith=text)
    elif name := normalised(text):
        # A name begins after a bar (see spellings) or, as a later word, after a space.
        wanted = Q(search_name__contains=f"|{name}") | Q(search_name__contains=f" {name}")
    else:
        return ()
    found = Region.objects.filter(wanted).select_related("parent").distinct()
    return tuple(found.order_by("-population", "full_name")[:limit])
