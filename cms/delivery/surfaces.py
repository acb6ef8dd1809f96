"""Every place where the public can look, in one list; and what is no such place.

Whoever adds an address adds it here, or a test fails (tests/cms/delivery/test_surfaces.py). The
embargo probe and the proof (tests/proof) look at everything that is listed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cms.delivery import addresses


def _none(*args: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Surface:
    """A part of the public site. Addresses are paths with their query, as a browser asks them.

    `url_names` are the URL patterns it covers ("api:release"; its route when it has no name).
    `lists()` returns the addresses that need no item to be named, `of(page)` those of one page
    whether public or not, and `searches(words)` those that look for words.
    """

    name: str
    url_names: frozenset[str] = frozenset()
    lists: Callable[[], Iterable[str]] = _none
    of: Callable[[Any], Iterable[str]] = _none
    searches: Callable[[str], Iterable[str]] = _none


SURFACES: tuple[Surface, ...] = (
    Surface(
        "pages",
        frozenset({"wagtail_serve"}),
        lists=addresses.page_lists,
        of=addresses.page,
    ),
    Surface(
        "search page",
        frozenset({"search"}),
        lists=addresses.search_page_lists,
        searches=addresses.search_page,
    ),
    Surface(
        "search API",
        frozenset({"api:search_endpoint"}),
        lists=addresses.search_api_lists,
        searches=addresses.search_api,
    ),
    Surface(
        "suggestions API",
        frozenset({"api:suggest"}),
        lists=addresses.suggestion_lists,
        searches=addresses.suggestions,
    ),
    Surface(
        "releases API",
        frozenset({"api:releases", "api:release"}),
        lists=addresses.release_lists,
        of=addresses.release,
    ),
    Surface(
        "regions API",
        frozenset({"api:regions"}),
        lists=addresses.region_lists,
        searches=addresses.regions,
    ),
    Surface(
        "region pages and feeds",
        frozenset({"region_index", "region_key", "region", "region_feed"}),
        lists=addresses.region_pages,
    ),
    Surface("feed of all news", frozenset({"news_feed"}), lists=addresses.news_feeds),
    Surface("HSDS API", frozenset({"api:hsds"}), lists=addresses.services),
    Surface(
        "letters of offers",
        frozenset({"offer_answer", "offer_hint"}),
        lists=addresses.unknown_answers,
        of=addresses.hint,
    ),
    Surface("API description", frozenset({"api:openapi-json"}), lists=addresses.api_description),
    Surface("media", frozenset({"media"}), lists=addresses.no_media, of=addresses.media),
    Surface(
        "personal links",
        # The patterns without a name: whatever else stands below the prefix is an unknown link.
        frozenset({"embargo_page", "embargo_file", "vorab/<str:token>", "vorab/"}),
        lists=addresses.unknown_links,
        of=addresses.unknown_files,
    ),
    Surface("redirects", frozenset({"search_en"}), lists=addresses.redirects),
    Surface(
        "sitemap",
        frozenset({"sitemap", "sitemap_part", "sitemap_regions"}),
        lists=addresses.sitemaps,
        of=addresses.sitemap,
    ),
    Surface(
        "technical",
        frozenset({"healthz", "readyz", "metrics", "robots", "api:api-root"}),
        lists=addresses.technical,
    ),
)

# Beginnings of addresses that only people with an account get an answer from.
PRIVATE = ("admin/",)


def every_list() -> Iterator[tuple[Surface, str]]:
    """Yield the addresses that need no item to be named, with their surface."""
    for surface in SURFACES:
        for address in surface.lists():
            yield surface, address


def every_address_of(page: Any) -> Iterator[tuple[Surface, str]]:
    """Yield the addresses of a page, with their surface."""
    for surface in SURFACES:
        for address in surface.of(page):
            yield surface, address


def every_search(words: str) -> Iterator[tuple[Surface, str]]:
    """Yield the addresses that look for words, with their surface."""
    for surface in SURFACES:
        for address in surface.searches(words):
            yield surface, address
