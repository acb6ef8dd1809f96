"""What the templates of the newsroom show, as plain values."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from wagtail.models import Page

from newsroom.approval.selectors import public
from newsroom.members.presentation import language_of, places_text, region_links
from newsroom.members.selectors import in_language
from newsroom.releases.selectors import from_same_region, newest

PER_PAGE = 12
MORE = 3


def card(release: Any, language: str) -> dict[str, Any]:
    """Return what a card shows of a release."""
    pictures = list(release.pictures.all())
    own = language_of(release)
    return {
        "title": release.title,
        "url": release.url,
        "kicker": release.kicker,
        "lead": release.lead,
        "date": release.dateline_date,
        "picture": pictures[0].image if pictures else None,
        "alt": pictures[0].alt_text if pictures else "",
        "place": places_text(release.regions(), language),
        "member": release.issuing_member.title if release.issuing_member else "",
        "language": None if own == language else own,
    }


def index_context(page: Any, number: str) -> dict[str, Any]:
    """Return the context of the newsroom's front page; `number` is the reader's page number."""
    language = language_of(page)
    model = page.allowed_subpage_models()[0]
    releases = newest(model.objects.filter(locale=page.locale), now=timezone.now())
    shown = Paginator(releases, PER_PAGE).get_page(number)
    shown.object_list = [card(release, language) for release in shown.object_list]
    return {"releases": shown}


def release_context(page: Any) -> dict[str, Any]:
    """Return the context of a release's page."""
    now = timezone.now()
    language = language_of(page)
    member = page.issuing_member and in_language(page.issuing_member, language=language, now=now)
    more = from_same_region(page, now=now)[:MORE]
    item = reverse("api:release", args=[page.translation_key])
    return {
        "pictures": list(page.pictures.all()),
        "regions": region_links(page.regions(), language),
        "topics": [
            {
                "label": term.label(language),
                "url": f"{reverse('search')}?{urlencode({'topic': term.slug})}",
            }
            for term in page.topics.all()
        ],
        "member": member and {"title": member.title, "url": member.url, "summary": member.summary},
        "translations": translations(page),
        "api_url": f"{item}?{urlencode({'lang': language})}",
        "more_from_region": [card(release, language) for release in more],
    }


def translations(page: Any) -> list[dict[str, str]]:
    """Return the other public language versions of a page."""
    others = public(
        Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk),
        now=timezone.now(),
    ).select_related("locale")
    return [
        {
            "code": other.locale.language_code,
            "language_name": other.locale.get_display_name(),
            "dir": "rtl" if translation.get_language_info(language_of(other))["bidi"] else "ltr",
            "url": other.url,
        }
        for other in others
    ]
