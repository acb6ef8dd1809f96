"""What every public template needs: languages, navigation, footer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from newsroom.approval.selectors import public
from newsroom.approval.visibility import HOME_DEPTH
from newsroom.offers.search import KIND as OFFER


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `site` for templates; nothing is read before a template asks."""
    return {"site": SimpleLazyObject(lambda: _site(request))}


def _site(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    search_url = _address("search") or f"/{settings.LANGUAGE_CODE}/suche/"
    children = _pages_below_home(language)
    languages = _languages(request, language)
    return {
        "name": settings.WAGTAIL_SITE_NAME,
        "languages": languages,
        "has_translations": any(each["alternate"] and not each["is_current"] for each in languages),
        "language_name": dict(settings.WAGTAIL_CONTENT_LANGUAGES).get(language, language),
        "dir": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "home_url": f"/{language}/",
        "navigation": [
            *(_link(page, request) for page in children if page.show_in_menus),
            *_directory(request, search_url),
        ],
        "footer": [_link(page, request) for page in children if not page.show_in_menus],
        "search_url": search_url,
        "feed_url": _address("news_feed"),
        "is_demo": settings.IS_DEMO,
    }


def _pages_below_home(language: str) -> list[Page]:
    pages = Page.objects.filter(depth=HOME_DEPTH + 1, locale__language_code=language)
    return list(public(pages, now=timezone.now()).order_by("path"))


def _link(page: Page, request: HttpRequest) -> dict[str, Any]:
    return {
        "title": page.title,
        "url": page.url,
        "is_current": bool(page.url) and request.path.startswith(page.url),
    }


def _address(name: str) -> str:
    """Return the address of a view; empty on an error page of an address without language."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _directory(request: HttpRequest, search_url: str) -> list[dict[str, Any]]:
    """Return the menu's links to what has no page in the tree: offers and regions."""
    regions_url = _address("region_index")
    on_offers = request.path == search_url and request.GET.getlist("kind") == [OFFER]
    links = [{"title": _("Offers"), "url": f"{search_url}?kind={OFFER}", "is_current": on_offers}]
    if regions_url:
        is_current = request.path.startswith(regions_url)
        links.append({"title": _("Regions"), "url": regions_url, "is_current": is_current})
    return links


def _languages(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return where the reader finds each language.

    `alternate` is this page in that language; without one, `url` is the language's home page.
    """
    page = getattr(request, "served_page", None)
    alternates = _page_urls(page) if page else _same_view(request)
    return [
        {
            "code": code,
            "name": name,
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "url": alternates.get(code, f"/{code}/"),
            "alternate": alternates.get(code),
            "is_current": code == current,
        }
        for code, name in settings.WAGTAIL_CONTENT_LANGUAGES
    ]


def _page_urls(page: Page) -> dict[str, str]:
    versions = public(
        Page.objects.filter(translation_key=page.translation_key), now=timezone.now()
    ).select_related("locale")
    return {version.locale.language_code: version.url for version in versions}


def _same_view(request: HttpRequest) -> dict[str, str]:
    path = request.get_full_path()
    found = {}
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        translated = translate_url(path, code)
        if translated.startswith(f"/{code}/"):
            found[code] = translated
    return found
