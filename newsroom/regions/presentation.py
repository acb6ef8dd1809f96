"""What the pages of regions show of the gazetteer itself, as plain values."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.regions.geometry import kilometres
from newsroom.regions.lookup import suggest
from newsroom.regions.map import region_url
from newsroom.regions.models import Outline, Region
from newsroom.regions.selectors import ancestors, display_name, valid

NEARBY = 8
NEARBY_DEGREES = 0.6  # some 65 km: nobody's neighbour is farther

Link = dict[str, str]


def enumerated(names: Iterable[str]) -> str:
    """Return names in one line, parted as the active language does it."""
    return _(", ").join(names)


def links(regions: Iterable[Region], language: str) -> list[Link]:
    """Return regions as links to their pages, in the form of newsroom/includes/chips.html."""
    return [
        {
            "key": region.key,
            "full_name": display_name(region, language),
            "url": region_url(region),
        }
        for region in regions
    ]


def breadcrumb(region: Region, language: str) -> list[Link]:
    """Return the index and what the region lies in, the largest first."""
    index = {"key": "", "full_name": _("Regions"), "url": reverse("region_index")}
    return [index, *links(reversed(ancestors(region)), language)]


def states(language: str) -> list[tuple[Link, list[Link]]]:
    """Return every state with its districts: Goslar under G, not under Landkreis."""
    districts: dict[str, list[Region]] = {}
    for region in valid().filter(level=Region.Level.DISTRICT).order_by("name"):
        districts.setdefault(str(region.parent_id), []).append(region)
    found = valid().filter(level=Region.Level.STATE).order_by("name")
    return [
        (state, links(districts.get(region.pk, []), language))
        for region, state in zip(found, links(found, language), strict=True)
    ]


def suggestions(typed: str, language: str) -> list[Link]:
    """Return the regions that a reader may have meant, each with what it lies in."""
    found = suggest(typed)
    above = [ancestors(region) for region in found]
    return [
        {**link, "lies_in": enumerated(display_name(each, language) for each in around)}
        for link, around in zip(links(found, language), above, strict=True)
    ]


def parts(region: Region, language: str) -> list[Link]:
    """Return the municipalities of a district, by name; a state's districts are on its map."""
    if region.level != Region.Level.DISTRICT:
        return []
    return links(valid().filter(parent=region).order_by("name"), language)


def nearby(region: Region, language: str) -> list[Link]:
    """Return the neighbours: those that share a border, the nearest where no outline is known."""
    outline = Outline.objects.filter(region=region).first()
    if outline and outline.touches:
        return links(valid().filter(pk__in=outline.touches).order_by("name"), language)
    return links(_nearest(region), language)


def _nearest(region: Region) -> list[Region]:
    if region.latitude is None or region.longitude is None:
        return []
    here = (region.latitude, region.longitude)
    around = valid().filter(
        level=region.level,
        latitude__range=(here[0] - NEARBY_DEGREES, here[0] + NEARBY_DEGREES),
        longitude__range=(here[1] - 2 * NEARBY_DEGREES, here[1] + 2 * NEARBY_DEGREES),
    )
    placed = [
        (kilometres(here, (other.latitude, other.longitude)), other.key, other)
        for other in around.exclude(pk=region.pk)
        if other.latitude is not None and other.longitude is not None
    ]
    return [other for _distance, _key, other in sorted(placed, key=lambda each: each[:2])[:NEARBY]]
