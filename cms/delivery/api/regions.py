"""Regions by API: suggestions while a reader types."""

import re
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from cms.delivery.api.parameters import read
from newsroom.regions.geometry import Point
from newsroom.regions.lookup import suggest
from newsroom.regions.models import Region
from newsroom.regions.selectors import centre, display_name
from search.params import bad

router = Router(tags=["regions"])

_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)")
_POSTAL_CODE = re.compile(r"[0-9]{5}")


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
    asked = read(request, "q", "lang", own=("near",))
    point = _near(request.GET.getlist("near"))
    return [region_out(region, asked.language) for region in suggest(asked.q, near=point)]


def _near(given: list[str]) -> Point | None:
    """Return the point of the parameter, None without one. Raises Problem (400)."""
    if len(given) > 1:
        raise bad("near", _("May be given only once."))
    text = given[0].strip() if given else ""
    if not text:
        return None
    if _POSTAL_CODE.fullmatch(text):
        if point := centre(text):
            return point
        raise bad("near", _("This postal code is not known."))
    if found := _POINT.fullmatch(text):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    raise bad("near", _("Must be a postal code, or latitude and longitude such as 52.16,10.53."))
