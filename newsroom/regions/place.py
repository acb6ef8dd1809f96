"""A region as a public page asks for what there is in it.

Rooms that stand above this one answer through cms.pages.sections: at the place "region" with what
the page lists, at "region_feed" with the entries of its feed, at "region_counts" with the number
of offers by district.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from newsroom.regions.models import Region
from newsroom.regions.selectors import ancestors, display_name, within

# German designations with the masculine article: "im ganzen Landkreis".
_MASCULINE = ("Landkreis", "Kreis", "Regionalverband")


@dataclass(frozen=True, slots=True)
class Place:
    """A region, the reader's language and the moment. What is public is asked at `now`."""

    region: Region
    language: str
    now: datetime

    @property
    def inside(self) -> QuerySet[Region]:
        """Return the region and everything in it, for a subquery."""
        return within(self.region)

    @property
    def above(self) -> tuple[Region, ...]:
        """Return what the region lies in, the nearest first."""
        return ancestors(self.region)

    def applies_to(self, regions: Iterable[Region]) -> str:
        """Return for what larger region something is there that is tagged with `regions`."""
        keys = {region.key for region in regions}
        larger = next((region for region in self.above if region.key in keys), None)
        return applies_in(larger, self.language) if larger else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed of news. `url` is a path, `key` constant for ever."""

    key: str
    title: str
    url: str
    summary: str
    author: str
    regions: tuple[str, ...]
    published_at: datetime
    updated_at: datetime


def applies_in(region: Region, language: str) -> str:
    """Return the sentence that tells for which larger region something is there."""
    place = {"place": display_name(region, language)}
    if region.level == Region.Level.STATE:
        return _("applies in all of %(place)s") % place
    if region.full_name.startswith(_MASCULINE):
        return _("applies throughout the %(place)s") % place
    return _("applies in the whole area: %(place)s") % place
