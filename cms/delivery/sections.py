"""What the home page shows of search: how many offers each district has."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cms.pages.sections import register_section
from newsroom.members.presentation import language_of
from search.params import SearchParams
from search.service import search

DISTRICT_DIGITS = 5


def offers_by_district(page: Any) -> dict[str, Any]:
    """Return the districts that have offers, with their number."""
    language = language_of(page)
    result = search(SearchParams(language=language, kinds=("offer",)), now=timezone.now())
    return {
        "offers_url": f"{reverse('search')}?{urlencode({'kind': 'offer'})}",
        "regions": [
            {
                "key": entry.key,
                "full_name": entry.label,
                "count": entry.count,
                "url": f"{reverse('search')}?{urlencode({'region': entry.key, 'kind': 'offer'})}",
            }
            for entry in result.facets.get("region", ())
            if len(entry.key) == DISTRICT_DIGITS
        ],
    }


def register() -> None:
    """Show the districts on the home page. Called once, when Django starts."""
    register_section("home", offers_by_district)
