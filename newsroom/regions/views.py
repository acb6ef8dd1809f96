"""The public pages of regions, and the list of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.pages import sections
from newsroom.regions.map import region_url
from newsroom.regions.models import Region
from newsroom.regions.names import slug as slug_of
from newsroom.regions.place import Place
from newsroom.regions.presentation import (
    breadcrumb,
    links,
    nearby,
    parts,
    states,
    suggestions,
)
from newsroom.regions.selectors import current, display_name, with_key

DIGITS = (2, 5, 8, 12)
MAX_TYPED = 100  # characters


@require_safe
def region_index(request: HttpRequest) -> HttpResponse:
    """List states and districts, and above them what the reader may have meant by `q`."""
    language = get_language() or "de"
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_TYPED]
    found = suggestions(typed, language)
    context = {"typed": typed, "found": found, "states": states(language)}
    return render(request, "newsroom/regions/region_index.html", context)


@require_safe
def region_page(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    """Show what there is in a region and in what it lies in; 404 for an unknown key.

    Other keys of the region, other slugs and regions with one successor redirect for good.
    """
    region = find(key)
    today = current(region)
    if (key, slug) != (today.key, slug_of(today.full_name)):
        return HttpResponsePermanentRedirect(region_url(today))
    return render(request, "newsroom/regions/region_page.html", context(request, today))


def find(key: str) -> Region:
    """Return the region of a key as it stands in an address. Raises Http404."""
    is_key = len(key) in DIGITS and key.isascii() and key.isdecimal()
    region = with_key(key) if is_key else None
    if region is None:
        raise Http404
    return region


def context(request: HttpRequest, region: Region) -> dict[str, Any]:
    """Return the context of a region's page."""
    language = get_language() or "de"
    place = Place(region=region, language=language, now=timezone.now())
    address = region_url(region)
    state = place.above[-1] if place.above else region
    return {
        "region": region,
        "title": display_name(region, language),
        "canonical": request.build_absolute_uri(address),
        "feed_url": reverse("region_feed", args=[region.key, slug_of(region.full_name)]),
        "search_url": reverse("search"),
        "breadcrumb": breadcrumb(region, language),
        "successors": links(region.successors.order_by("name"), language),
        "nearby": nearby(region, language),
        "parts": parts(region, language),
        "state_key": state.key,
        "district_key": next(
            (each.key for each in (region, *place.above) if each.level == Region.Level.DISTRICT), ""
        ),
        **sections.collect("region", place),
    }
