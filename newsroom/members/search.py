"""How members are found."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from newsroom.approval.documents import public_versions
from newsroom.members.documents import document, items
from newsroom.members.models import MemberPage
from newsroom.members.selectors import public_names
from newsroom.vocabularies.selectors import all_labels
from search.documents import Document
from search.registry import Facet, Kind, register_facet, register_kind

KIND = "member"


def build(page: Any) -> Document:
    """Return the search document of a public profile."""
    fields = list(page.fields_of_action.all())
    kinds = [page.provider_kind] if page.provider_kind else []
    return document(
        page,
        kind=KIND,
        summary=page.summary,
        body=f"{page.short_name}\n{get_text_for_indexing(page.description)}",
        regions=page.regions(),
        facets={
            "field_of_action": tuple(term.slug for term in fields),
            "provider_kind": tuple(term.slug for term in kinds),
            "member": (str(page.translation_key),),
        },
        labels=all_labels([*fields, *kinds]),
        names=tuple(filter(None, [page.short_name])),
        points=[] if page.latitude is None else [(page.latitude, page.longitude)],
    )


def documents(item: str) -> Sequence[Document]:
    """Return the documents of all public language versions of a member."""
    return [build(page) for page in public_versions(MemberPage, item)]


def names(ids: Iterable[str], language: str) -> dict[str, str]:
    """Return item -> name of the public members among `ids`; what is no item is left out."""
    pages = MemberPage.objects.filter(translation_key__in=[i for i in ids if _is_uuid(i)])
    return public_names(pages, language=language, now=timezone.now())


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def register() -> None:
    """Let search find members. Called once, when Django starts."""
    register_kind(
        Kind(
            name=KIND,
            label=_("Members"),
            singular=_("Member"),
            default_scope="serving",
            documents=documents,
            items=partial(items, MemberPage),
        )
    )
    register_facet(Facet(name="member", label=_("Member"), labels=names))
