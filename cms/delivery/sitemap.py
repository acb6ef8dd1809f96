"""What crawlers may know: every public page in every language, and the pages of regions.

Pages stand in sixteen files, by the first digit of the key that all languages of an item share. So
an item's languages stand together and can name each other, a new page changes one file alone, and
neither pages nor drafts have to be counted. Format: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from wagtail.models import Page, Site

from newsroom.approval.selectors import public
from newsroom.offers.selectors import current
from newsroom.regions.map import region_url
from newsroom.regions.models import Region
from newsroom.regions.selectors import valid
from search.params import languages

PARTS = "0123456789abcdef"
# What stands above (fronts, directory, newsroom) lists other pages and changes with them.
FIRST_DATED_DEPTH = 4
BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)


@dataclass(frozen=True, slots=True)
class Address:
    """An item in one language. `path` is encoded; `changed_at` is None where nobody knows."""

    language: str
    path: str
    changed_at: datetime | None = None


def parts(*, now: datetime) -> list[str]:
    """Return the parts that hold a page at `now`; reads on only until it has met all of them."""
    found: set[str] = set()
    for key in _pages(now=now).values_list("translation_key", flat=True).iterator(chunk_size=100):
        found.add(key.hex[0])
        if len(found) == len(PARTS):
            break
    return sorted(found)


def pages(part: str, *, now: datetime) -> Iterator[list[Address]]:
    """Yield the items of a part that are public at `now`, each in all its public languages."""
    bounds = UUID(part + 31 * PARTS[0]), UUID(part + 31 * PARTS[-1])
    rows = (
        _pages(now=now)
        .filter(translation_key__range=bounds)
        .order_by("translation_key", "pk")
        .values_list(
            "translation_key", "locale__language_code", "url_path", "depth", "last_published_at"
        )
    )
    roots = _roots()
    for _key, versions in groupby(rows, key=lambda row: row[0]):
        yield [
            Address(
                language=code,
                path=str(iri_to_uri(roots[code][1] + path.removeprefix(roots[code][0]))),
                changed_at=changed_at if depth >= FIRST_DATED_DEPTH else None,
            )
            for _key, code, path, depth, changed_at in versions
            if code in roots
        ]


def regions() -> Iterator[list[Address]]:
    """Yield the list of regions and the pages it leads to: states and districts."""
    yield _everywhere(partial(reverse, "region_index"))
    listed = valid().filter(level__in=(Region.Level.STATE, Region.Level.DISTRICT)).order_by("key")
    for region in listed:
        yield _everywhere(partial(region_url, region))


def urlset(items: Iterable[list[Address]], *, root: str) -> str:
    """Return the file that lists items. `root` is the site's address without a last slash."""
    lines = [BEGIN.format(name="urlset")]
    for item in items:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{each.language}"'
            f' href="{escape(root + each.path)}"/>'
            for each in item
        )
        for each in item:
            location = f"<loc>{escape(root + each.path)}</loc>"
            lines.append(f"<url>{location}{_lastmod(each.changed_at)}{others}</url>")
    return "\n".join([*lines, "</urlset>\n"])


def index(paths: Iterable[str], *, root: str) -> str:
    """Return the file that lists the other files."""
    files = [f"<sitemap><loc>{escape(root + path)}</loc></sitemap>" for path in paths]
    return "\n".join([BEGIN.format(name="sitemapindex"), *files, "</sitemapindex>\n"])


def _lastmod(moment: datetime | None) -> str:
    return f"<lastmod>{moment:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""


def _pages(*, now: datetime) -> QuerySet[Page]:
    """Return the pages to be listed; an offer that has ended says so on its page and is in none."""
    return current(public(now=now), now=now)


def _roots() -> dict[str, tuple[str, str]]:
    """Return by language where its tree begins, as a path in the tree and as an address."""
    found = {}
    for root in Site.get_site_root_paths():
        with translation.override(root.language_code):
            found[root.language_code] = (root.root_path, reverse("wagtail_serve", args=("",)))
    return found


def _everywhere(path: Callable[[], str]) -> list[Address]:
    """Return the address of a view in every language."""
    found = []
    for code in languages():
        with translation.override(code):
            found.append(Address(language=code, path=path()))
    return found
