"""Regions by API: suggestions while a reader types."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from cms.delivery.api.parameters import read
from newsroom.regions.lookup import suggest
from newsroom.regions.models import Region
from newsroom.regions.selectors import display_name

router = Router(tags=["regions"])


class RegionOut(Schema):
    """A region as the API shows it."""

    key: str
    level: str
    name: str
    full_name: str
    parent: str | None


def region_out(region: Region, language: str) -> dict[str, Any]:
    """Return the region in the API's form."""
    return {
        "key": region.key,
        "level": region.level,
        "name": region.name,
        "full_name": display_name(region, language),
        "parent": display_name(region.parent, language) if region.parent else None,
    }


@router.get("/regions", response=list[RegionOut], summary="Suggest regions", url_name="regions")
def regions(
    request: HttpRequest, q: str = "", near: str = "", lang: str = "de"
) -> list[dict[str, Any]]:
    """Return the regions that `q` may stand for, the likeliest first.

    `q` is a name or its beginning, an official key or a postal code: at most ten regions, but all
    of a whole postal code. `near` is a postal code or "latitude,longitude"; the nearer of two
    regions then comes first.
    """
    asked = read(request, "q", "lang", "near")
    return [region_out(region, asked.language) for region in suggest(asked.q, near=asked.near)]
