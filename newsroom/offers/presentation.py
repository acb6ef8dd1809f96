"""What the templates of offers show, as plain values."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from newsroom.members.presentation import (
    language_of,
    places_text,
    region_links,
    term_labels,
)
from newsroom.members.selectors import in_language


def language_names(codes: list[str]) -> list[str]:
    """Return the names of spoken languages in themselves; unknown codes as they are."""
    names = []
    for code in codes:
        try:
            names.append(get_language_info(code)["name_local"])
        except KeyError:
            names.append(code)
    return names


def card(offer: Any, language: str) -> dict[str, Any]:
    """Return what a card shows of an offer."""
    return {
        "title": offer.title,
        "url": offer.url,
        "summary": offer.summary,
        "provider": offer.get_parent().title,
        "place": places_text(offer.regions(), language),
        "languages": ", ".join(language_names(offer.language_codes())),
        "mode_label": offer.get_mode_display(),
    }


def offer_context(page: Any) -> dict[str, Any]:
    """Return the context of an offer's page."""
    language = language_of(page)
    provider = in_language(page.get_parent(), language=language, now=timezone.now())
    facts = (
        (_("Place"), page.get_mode_display()),
        (_("Address"), page.address),
        (_("Times"), page.times),
        (_("Cost"), page.cost),
        (_("Access without barriers"), page.access),
        (_("Registration"), page.registration),
        (_("Contact"), page.contact),
    )
    return {
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "provider": provider and {"title": provider.title, "url": provider.url},
        "regions": region_links(page.regions(), language),
        "fields": term_labels(page.fields_of_action.all(), language),
        "target_groups": term_labels(page.target_groups.all(), language),
        "languages": language_names(page.language_codes()),
    }
