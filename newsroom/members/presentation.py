"""What the templates of the directory show, as plain values."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cms.pages import sections
from newsroom.members.selectors import public_members
from newsroom.regions.models import Region
from newsroom.regions.selectors import display_name
from newsroom.vocabularies.models import Term


def language_of(page: Any) -> str:
    """Return the language code of a page."""
    return str(page.locale.language_code)


def region_links(regions: list[Region], language: str) -> list[dict[str, str]]:
    """Return the regions as links to what there is for them."""
    return [
        {
            "key": region.key,
            "full_name": display_name(region, language),
            "url": f"{reverse('search')}?{urlencode({'region': region.key})}",
        }
        for region in regions
    ]


def term_labels(terms: Any, language: str) -> list[str]:
    """Return the labels of vocabulary terms in `language`."""
    return [term.label(language) for term in terms]


def places_text(regions: list[Region], language: str) -> str:
    """Return the names of the regions in one line."""
    return ", ".join(display_name(region, language) for region in regions)


def card(member: Any, language: str) -> dict[str, Any]:
    """Return what a card shows of a member."""
    kind: Term | None = member.provider_kind
    return {
        "title": member.title,
        "url": member.url,
        "short_name": member.short_name,
        "kind_label": kind.label(language) if kind else "",
        "summary": member.summary,
        "place": places_text(member.regions(), language),
    }


def index_context(page: Any) -> dict[str, Any]:
    """Return the context of the directory's front page."""
    language = language_of(page)
    model = page.allowed_subpage_models()[0]
    members = public_members(model.objects.child_of(page), now=timezone.now())
    return {"members": [card(member, language) for member in members]}


def profile_context(page: Any) -> dict[str, Any]:
    """Return the context of a profile."""
    language = language_of(page)
    return {
        "kind_label": page.provider_kind.label(language) if page.provider_kind else "",
        "regions": region_links(page.regions(), language),
        "fields": term_labels(page.fields_of_action.all(), language),
        **sections.collect("member", page),
    }
