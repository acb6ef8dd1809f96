"""What the templates of the directory show, as plain values."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from cms.pages import sections
from newsroom.members.directory import initial, narrow, read
from newsroom.members.selectors import public_members
from newsroom.members.structured import as_script, structured
from newsroom.regions.models import Region
from newsroom.regions.presentation import enumerated, links
from newsroom.regions.selectors import current, display_name
from newsroom.vocabularies.models import Term
from newsroom.vocabularies.selectors import label_map

PER_PAGE = 60


def read_once(page: Any, *relations: str) -> None:
    """Read what a template asks for twice; the preview of a new page has nothing stored yet."""
    if page.pk:
        prefetch_related_objects([page], *relations)


def language_of(page: Any) -> str:
    """Return the language code of a page."""
    return str(page.locale.language_code)


def region_links(regions: list[Region], language: str) -> list[dict[str, str]]:
    """Return the regions as links to their pages."""
    return links((current(region) for region in regions), language)


def term_labels(terms: Any, language: str) -> list[str]:
    """Return the labels of vocabulary terms in `language`."""
    return [term.label(language) for term in terms]


def places_text(regions: list[Region], language: str) -> str:
    """Return the names of the regions in one line."""
    return enumerated(display_name(region, language) for region in regions)


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


def map_link(point: tuple[float, float] | None) -> str:
    """Return a link to a map of the point (latitude, longitude); empty without one.

    Followed only by whoever wants to: the page itself asks no foreign host for anything.
    """
    if point is None:
        return ""
    lat, lon = (f"{number:.5f}" for number in point)
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"


def index_context(page: Any, query: QueryDict) -> dict[str, Any]:
    """Return the context of the directory's front page: the filters and one page of members."""
    language = language_of(page)
    question = read(query)
    model = page.allowed_subpage_models()[0]
    found = narrow(public_members(model.objects.child_of(page), now=timezone.now()), question)
    by_letter: dict[str, list[Any]] = {}
    for member in found:
        by_letter.setdefault(initial(member.title), []).append(member)
    shown = [
        member
        for letter, members in sorted(by_letter.items())
        for member in members
        if question.letter in ("", letter)
    ]
    page_obj = Paginator(shown, PER_PAGE).get_page(query.get("page"))
    asked = {"kind": question.kind, "field": question.field, "region": question.place}
    asked = {name: value for name, value in asked.items() if value}
    return {
        "members": [card(member, language) for member in page_obj.object_list],
        "total": len(shown),
        "page_obj": page_obj,
        "question": question,
        "kinds": _options("provider_kind", question.kind, language),
        "fields": _options("field_of_action", question.field, language),
        "letters": _letters(sorted(by_letter), question.letter, asked),
        "query": urlencode({**asked, **({"letter": question.letter} if question.letter else {})}),
    }


def _options(vocabulary: str, chosen: str, language: str) -> list[dict[str, Any]]:
    labels = label_map(vocabulary, language)
    return [{"id": k, "label": v, "is_chosen": k == chosen} for k, v in labels.items()]


def _letters(letters: list[str], chosen: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "letter": letter,
            "url": f"?{urlencode({**asked, 'letter': letter})}",
            "is_chosen": letter == chosen,
        }
        for letter in letters
    ]


def profile_context(page: Any) -> dict[str, Any]:
    """Return the context of a profile."""
    language = language_of(page)
    read_once(page, "region_links__region")
    has_point = page.latitude is not None and page.longitude is not None
    return {
        "kind_label": page.provider_kind.label(language) if page.provider_kind else "",
        "regions": region_links(page.regions(), language),
        "fields": term_labels(page.fields_of_action.all(), language),
        "map_url": map_link((page.latitude, page.longitude) if has_point else None),
        "structured": as_script(structured(page)),
        **sections.collect("member", page),
    }
