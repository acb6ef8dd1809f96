"""The concrete addresses of the public surfaces (cms.delivery.surfaces), by what is stored.

They are those an attacker would ask: also of what is not public, in every language, and with
names that can be guessed.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from wagtail.models import Page

from cms.delivery.sitemap import PARTS
from cms.media.models import NewsFile, NewsImage
from cms.pages.governed import GovernedPage
from newsroom.regions.models import Region
from newsroom.releases.models import PressReleasePage
from newsroom.releases.presentation import PER_PAGE as RELEASES_A_PAGE
from search import registry
from search.models import SearchDocument, SearchTerm
from search.params import MAX_HITS, MAX_PAGE_SIZE, MAX_Q, MAX_SUGGESTIONS, languages


def page_lists() -> Iterator[str]:
    """Yield the pages that show other pages: fronts, directories, newsrooms, all their pages."""
    yield "/"
    for code in languages():
        yield f"/{code}/"
        yield f"/{code}/gibt-es-nicht/"  # an error page shows navigation and languages, too
    for page in Page.objects.filter(depth__in=(2, 3)).order_by("path"):
        if page.url is None:
            continue
        yield page.url
        for number in range(2, page.numchild // RELEASES_A_PAGE + 2):
            yield f"{page.url}?page={number}"


def page(page: Any) -> Iterator[str]:
    """Yield where a page is or will be, and where it would be in the other languages."""
    if page.url is None:
        return
    yield page.url
    slug = str(page.latest_revision.content["slug"]) if page.latest_revision else page.slug
    above, _, _last = page.url.rstrip("/").rpartition("/")
    if slug != page.slug and above:
        yield f"{above}/{slug}/"
    _empty, code, rest = page.url.split("/", 2)
    for other in languages():
        if other != code:
            yield f"/{other}/{rest}"


def search_api_lists() -> Iterator[str]:
    """Yield searches without words: all pages, each kind, each value of each facet, by language."""
    address = reverse("api:search_endpoint")
    for code in languages():
        ask = partial(_url, address, lang=code)
        for number in range(1, _pages(MAX_PAGE_SIZE) + 1):
            yield ask(page_size=MAX_PAGE_SIZE, page=number)
        yield from (ask(**question) for question in _questions())


def search_page_lists() -> Iterator[str]:
    """Yield the same on the search page."""
    for code in languages():
        address = _in_language("search", code)
        for number in range(1, _pages(20) + 1):
            yield _url(address, page=number)
        yield from (_url(address, **question) for question in _questions())


def search_api(words: str) -> Iterator[str]:
    """Yield the API's searches for words, the newest and the best first, in every language."""
    address = reverse("api:search_endpoint")
    for code in languages():
        yield _url(address, q=words[:MAX_Q], lang=code)
    yield _url(address, q=words[:MAX_Q], sort="date", page_size=MAX_PAGE_SIZE)


def search_page(words: str) -> Iterator[str]:
    """Yield the search page for words in every language."""
    for code in languages():
        yield _url(_in_language("search", code), q=words[:MAX_Q])


def suggestion_lists() -> Iterator[str]:
    """Yield what is suggested to somebody who types two letters, by language."""
    for code in languages():
        for letters in ("de", "sp", "zu", "ال"):
            yield _url(reverse("api:suggest"), q=letters, lang=code, limit=MAX_SUGGESTIONS)


def suggestions(words: str) -> Iterator[str]:
    """Yield the suggestions for words and for their first half, as they come up in typing."""
    for code in languages():
        for typed in (words[: min(MAX_Q, max(2, len(words) // 2))], words[:MAX_Q]):
            yield _url(reverse("api:suggest"), q=typed, lang=code, limit=MAX_SUGGESTIONS)


def release_lists() -> Iterator[str]:
    """Yield all pages of the API's list of releases, in every language."""
    address = reverse("api:releases")
    per_page = 20
    for code in languages():
        pages = PressReleasePage.objects.filter(locale__language_code=code).count()
        for number in range(1, pages // per_page + 2):
            yield _url(address, lang=code, page=number)


def release(page: Any) -> Iterator[str]:
    """Yield a page's item in the API, in every language; other kinds are no releases there."""
    address = reverse("api:release", args=[page.translation_key])
    for code in languages():
        yield _url(address, lang=code)


def region_lists() -> Iterator[str]:
    """Yield suggestions of regions as somebody types."""
    for name in Region.objects.order_by("key").values_list("name", flat=True)[:20]:
        yield from regions(name)


def regions(words: str) -> Iterator[str]:
    """Yield the suggestion of regions for words."""
    yield _url(reverse("api:regions"), q=words[:MAX_Q])


def region_pages() -> Iterator[str]:
    """Yield the list of regions, and pages and feeds of those that something is about."""
    for code in languages():
        yield _in_language("region_index", code)
        yield _url(_in_language("region_index", code), q="Wolf")
        for key in _stored("region_path"):
            yield _in_language("region_key", code, key)
            yield _in_language("region", code, key, "x")
            yield _in_language("region_feed", code, key, "x")


def news_feeds() -> Iterator[str]:
    """Yield the feed of all news in every language."""
    yield from (_in_language("news_feed", code) for code in languages())


def services() -> Iterator[str]:
    """Yield all pages of the offers for other directories."""
    count = SearchDocument.objects.filter(kind="offer").count()
    yield from (_url(reverse("api:hsds"), page=number) for number in range(1, count // 50 + 2))


def unknown_answers() -> Iterator[str]:
    """Yield a letter's link that nobody was sent."""
    yield from (_in_language("offer_answer", code, "x") for code in languages())


def hint(page: Any) -> Iterator[str]:
    """Yield where readers tell what is wrong with an offer."""
    code = page.locale.language_code
    yield _in_language("offer_hint", code, page.translation_key)


def api_description() -> Iterator[str]:
    """Yield the description of the API."""
    yield reverse("api:openapi-json")


def no_media() -> Iterator[str]:
    """Yield folders of the media library: nothing may list them."""
    yield from (f"{settings.MEDIA_URL}{name}" for name in ("", "images/", "original_images/"))


def media(page: Any) -> Iterator[str]:
    """Yield the files of every version of a page: originals, scaled copies, names to guess."""
    versions = [page, *([page.latest_revision.as_object()] if page.latest_revision else [])]
    ids = {
        picture
        for version in versions
        if isinstance(version, GovernedPage)
        for picture in version.pictures_shown()
    }
    files = {
        file
        for version in versions
        if isinstance(version, GovernedPage)
        for file in version.files_shown()
    }
    for document in NewsFile.objects.filter(pk__in=files):
        yield f"{settings.MEDIA_URL}{document.file}"
        yield document.url
    for image in NewsImage.objects.filter(pk__in=ids).prefetch_related("renditions"):
        name = PurePosixPath(str(image.file))
        names = [str(name), *(str(copy.file) for copy in image.renditions.all())]
        names += [f"images/{name.name}", f"images/{name.stem}.fill-640x360{name.suffix}"]
        names += [f"images/{name.stem}.max-1600x1600{name.suffix}", f"documents/{name.name}"]
        yield from (settings.MEDIA_URL + each for each in dict.fromkeys(names))


def unknown_links() -> Iterator[str]:
    """Yield personal links that nobody was given."""
    yield from ("/vorab/", "/vorab/x", "/vorab/x/", f"/vorab/{'A' * 43}.{'B' * 43}/")


def unknown_files(page: Any) -> Iterator[str]:
    """Yield the files of a page below a personal link that nobody was given."""
    for address in media(page):
        yield f"/vorab/x{address}"


def redirects() -> Iterator[str]:
    """Yield addresses that lead to others."""
    for code in languages():
        yield _url(_in_language("search_en", code), q="x")
        yield f"/{code}"


def sitemaps() -> Iterator[str]:
    """Yield all files of the sitemap, whether its index names them or not."""
    yield from (reverse(name) for name in ("sitemap", "sitemap_regions"))
    yield from (reverse("sitemap_part", args=[part]) for part in PARTS)


def sitemap(page: Any) -> Iterator[str]:
    """Yield the file of the sitemap in which a page stands once it is public."""
    yield reverse("sitemap_part", args=[page.translation_key.hex[0]])


def technical() -> Iterator[str]:
    """Yield what machines ask."""
    names = ("healthz", "readyz", "metrics", "robots", "api:api-root")
    yield from (reverse(name) for name in names)


def _url(address: str, **query: Any) -> str:
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def _in_language(name: str, code: str, *args: Any) -> str:
    with translation.override(code):
        return reverse(name, args=args)


def _pages(size: int) -> int:
    """Return how many pages all documents fill, and one more that must be empty."""
    return min(SearchDocument.objects.count() // size + 2, MAX_HITS // size)


def _questions() -> list[dict[str, Any]]:
    """Return the filters that can be set without words: each known value of each once."""
    questions: list[dict[str, Any]] = [{"sort": "date"}]
    questions += [{"kind": kind.name} for kind in registry.kinds()]
    for facet in registry.facets():
        # A value without a label (a member that is not public) cannot be asked for.
        values = facet.labels(_stored(f"facet:{facet.name}"), settings.LANGUAGE_CODE)
        questions += [{facet.name: value} for value in values]
    for region in _stored("region_path"):
        questions += [{"region": region}, {"region": region, "scope": "serving"}]
    return questions


def _stored(field: str) -> list[str]:
    """Return the different values by which documents can be filtered."""
    terms = SearchTerm.objects.filter(field=field).order_by("value")
    return list(terms.values_list("value", flat=True).distinct())
