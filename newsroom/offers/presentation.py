"""What the templates of offers show, as plain values."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.tree import parent_path
from newsroom.members.models import MemberPage
from newsroom.members.presentation import (
    language_of,
    map_link,
    places_text,
    read_once,
    region_links,
    term_labels,
)
from newsroom.members.selectors import in_language
from newsroom.members.structured import as_script
from newsroom.offers.reachable import linked
from newsroom.offers.selectors import freshness_of
from newsroom.offers.structured import structured
from newsroom.regions.presentation import enumerated
from newsroom.vocabularies.selectors import label_map


def language_names(codes: list[str], language: str) -> list[str]:
    """Return the names of spoken languages in `language`; unknown codes as they are."""
    names = label_map("language_spoken", language)
    return [names.get(code, code) for code in codes]


def cards(offers: Iterable[Any], language: str) -> list[dict[str, Any]]:
    """Return what cards show of offers."""
    offers = list(offers)
    # An offer lies below its provider; a public one below a public one.
    above = Page.objects.filter(path__in={parent_path(offer.path) for offer in offers})
    providers = dict(above.values_list("path", "title"))
    return [_card(offer, language, providers[parent_path(offer.path)]) for offer in offers]


def _card(offer: Any, language: str, provider: str) -> dict[str, Any]:
    return {
        "title": offer.title,
        "url": offer.url,
        "summary": offer.summary,
        "provider": provider,
        "place": places_text(offer.regions(), language),
        "languages": enumerated(language_names(offer.language_codes(), language)),
        "mode_label": offer.get_mode_display(),
    }


def hours(offer: Any) -> list[dict[str, str]]:
    """Return the opening hours as lines: the day's name, the times of that day, notes."""
    days: dict[int, dict[str, str]] = {}
    for row in sorted(offer.hours.all(), key=lambda row: (row.weekday, row.opens_at)):
        times = f"{row.opens_at:%H:%M}–{row.closes_at:%H:%M}"
        text = f"{times} ({row.note})" if row.note else times
        day = days.setdefault(row.weekday, {"day": row.get_weekday_display(), "times": ""})
        day["times"] = f"{day['times']}, {text}" if day["times"] else text
    return list(days.values())


def offer_context(page: Any) -> dict[str, Any]:
    """Return the context of an offer's page."""
    language, now = language_of(page), timezone.now()
    read_once(page, "region_links__region", "places", "hours")
    providers = in_language(MemberPage, [page.get_parent()], language=language, now=now)
    provider = next(iter(providers), None)
    places = [_place(place) for place in page.places.all()]
    fresh = freshness_of(page)
    cost = page.cost or (_("free of charge") if page.is_free else "")
    facts = (
        (_("How it takes place"), page.get_mode_display()),
        (_("Address"), "" if places else page.address),
        (_("Times"), page.times),
        (_("Cost"), cost),
        (_("More about access"), page.access),
        (_("Registration"), linked(page.registration)),
        (_("Contact"), linked(page.contact)),
    )
    return {
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "places": places,
        "hours": hours(page),
        "provider": provider and {"title": provider.title, "url": provider.url},
        "regions": region_links(page.regions(), language),
        "fields": term_labels(page.fields_of_action.all(), language),
        "target_groups": term_labels(page.target_groups.all(), language),
        "offer_types": term_labels(page.offer_types.all(), language),
        "accessibility": term_labels(page.accessibility.all(), language),
        "languages": language_names(page.language_codes(), language),
        "attested_until": fresh and fresh.attested_until,
        "is_old": bool(fresh and fresh.is_old(now)),
        "ended_at": fresh and fresh.ended_at,
        "hint_url": reverse("offer_hint", args=[page.translation_key]),
        "contact": {"email": page.email, "phone": page.phone, "website": page.website},
        "structured": as_script(structured(page, provider=provider)),
    }


def _place(place: Any) -> dict[str, Any]:
    town = f"{place.postal_code} {place.town}".strip()
    return {
        "lines": [line for line in (place.name, place.street, town) if line],
        "map_url": map_link(place.point()),
    }
