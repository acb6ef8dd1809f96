"""How offers are found."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from newsroom.members.documents import document, items, public_versions
from newsroom.offers.models import OfferPage
from newsroom.offers.presentation import language_names
from newsroom.vocabularies.selectors import all_labels
from search.documents import Document
from search.registry import Facet, Kind, register_facet, register_kind

KIND = "offer"


def build(page: Any) -> Document:
    """Return the search document of a public offer."""
    provider = page.get_parent().specific
    fields = list(page.fields_of_action.all())
    groups = list(page.target_groups.all())
    words = [provider.title, page.address, page.times, page.registration, page.access]
    return document(
        page,
        kind=KIND,
        summary=page.summary,
        body="\n".join([get_text_for_indexing(page.description), *filter(None, words)]),
        regions=page.regions(),
        facets={
            "field_of_action": tuple(term.slug for term in fields),
            "target_group": tuple(term.slug for term in groups),
            "language_spoken": tuple(page.language_codes()),
            "member": (str(provider.translation_key),),
        },
        labels=all_labels([*fields, *groups]),
    )


def documents(item: str) -> Sequence[Document]:
    """Return the documents of all public language versions of an offer."""
    return [build(page) for page in public_versions(OfferPage, item)]


def spoken_names(codes: Iterable[str], language: str) -> dict[str, str]:
    """Return code -> name of spoken languages, each in itself; unknown codes are left out."""
    codes = list(codes)
    names = language_names(codes)
    return {code: name for code, name in zip(codes, names, strict=True) if code != name}


def register() -> None:
    """Let search find offers. Called once, when Django starts."""
    register_kind(
        Kind(
            name=KIND,
            label=_("Offers"),
            default_scope="serving",
            documents=documents,
            items=partial(items, OfferPage),
        )
    )
    register_facet(Facet(name="language_spoken", label=_("Languages spoken"), labels=spoken_names))
