"""The map of districts for any page: {% region_map %}."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from newsroom.regions.map import counts, state_map
from newsroom.regions.models import Region

register = template.Library()


@register.inclusion_tag("newsroom/regions/includes/map.html", takes_context=True)
def region_map(
    context: dict[str, Any],
    state: str = "",
    current: str = "",
    *,
    is_search: bool = False,
    heading: str = "",
) -> dict[str, Any]:
    """Return the context of the map of `state`, by default of the alliance's own.

    `current` is the key of the district to mark. With `is_search` each district leads to the same
    search in that district, otherwise to its page. A state without districts has no `heading`.
    """
    found = Region.objects.filter(key=state or settings.LAND, level=Region.Level.STATE).first()
    if found is None:
        return {"map": None}
    links = None
    if is_search:
        links = _search_links(context["request"].GET, found)
    return {
        "map": state_map(
            state=found,
            language=get_language() or settings.LANGUAGE_CODE,
            numbers=counts(now=timezone.now()),
            current=current,
            links=links,
        ),
        "heading": heading,
    }


def _search_links(asked: Any, state: Region) -> dict[str, str]:
    """Return the address of the same search in each district."""
    links = {}
    for key in Region.objects.filter(parent=state).values_list("key", flat=True):
        query = asked.copy()
        for name in ("page", "postal_code"):
            query.pop(name, None)
        query["region"] = key
        links[key] = f"?{query.urlencode()}"
    return links
