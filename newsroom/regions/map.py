"""The map of a state's districts, as its template draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from cms.pages import sections
from newsroom.regions.models import Outline, Region, Source
from newsroom.regions.names import slug
from newsroom.regions.selectors import display_name, valid

SHADES = 5  # besides none
MARGIN = 40  # units around the outlines, for the ring of focus


@dataclass(frozen=True, slots=True)
class Area:
    """A district: where its link leads, how many offers there are, how dark it is (0 to 5)."""

    key: str
    name: str
    label: str
    url: str
    count: int
    shade: int
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The districts of a state by name. `box` is empty where there are no outlines to draw."""

    name: str
    areas: tuple[Area, ...]
    box: str
    notice: str


def region_url(region: Region) -> str:
    """Return the address of a region's page in the active language."""
    return reverse("region", args=[region.key, slug(region.full_name)])


def counts(*, now: datetime) -> dict[str, int]:
    """Return the number of public offers by key of the district, as the rooms above know it."""
    return dict(sections.collect("region_counts", now))


def state_map(
    *,
    state: Region,
    language: str,
    numbers: Mapping[str, int],
    current: str = "",
    links: Mapping[str, str] | None = None,
) -> Map:
    """Return the map of a state. `current` is the key of the district to mark.

    `links` maps keys to addresses; by default each district leads to its own page.
    """
    districts = list(valid().filter(parent=state))
    drawn = Outline.objects.filter(region__in=districts)
    outlines = {outline.region_id: outline for outline in drawn}
    most = max((numbers.get(district.key, 0) for district in districts), default=0)
    areas = [
        Area(
            key=district.key,
            name=(name := display_name(district, language)),
            label=label(name, count := numbers.get(district.key, 0)),
            url=links[district.key] if links else region_url(district),
            count=count,
            shade=-(-SHADES * count // most) if count else 0,
            path=outlines[district.key].path if district.key in outlines else "",
            is_current=district.key == current,
        )
        for district in districts
    ]
    is_drawn = len(outlines) == len(districts)
    return Map(
        name=display_name(state, language),
        areas=tuple(sorted(areas, key=lambda area: area.name)),
        box=_box(list(outlines.values())) if is_drawn and districts else "",
        notice=_notice() if is_drawn else "",
    )


def label(name: str, count: int) -> str:
    """Return what a screen reader says of a district: "Landkreis Goslar: 5 offers"."""
    offers = ngettext("%(count)d offer", "%(count)d offers", count) % {"count": count}
    return f"{name}: {offers}"


def _box(outlines: list[Any]) -> str:
    """Return the SVG view box around the outlines."""
    left = min(outline.left for outline in outlines) - MARGIN
    top = min(outline.top for outline in outlines) - MARGIN
    right = max(outline.right for outline in outlines) + MARGIN
    bottom = max(outline.bottom for outline in outlines) + MARGIN
    return f"{left} {top} {right - left} {bottom - top}"


def _notice() -> str:
    source = Source.objects.filter(name="outlines").first()
    return source.notice if source else ""
