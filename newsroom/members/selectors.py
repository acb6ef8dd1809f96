"""Reads of the directory. They take the pages to read: models import this module's callers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from newsroom.approval.selectors import public


def public_members(pages: QuerySet, *, now: datetime) -> QuerySet:
    """Return the public ones of `pages` by name, with everything a card shows."""
    return (
        public(pages, now=now)
        .select_related("locale", "provider_kind")
        .prefetch_related("region_links__region")
        .order_by("title")
    )


def public_names(pages: QuerySet, *, language: str, now: datetime) -> dict[str, str]:
    """Return translation key -> title of the public ones of `pages`.

    The title of the version in `language`, else of any public one.
    """
    names: dict[str, str] = {}
    versions = public(pages, now=now).values_list(
        "translation_key", "locale__language_code", "title"
    )
    for key, code, title in versions:
        if code == language or str(key) not in names:
            names[str(key)] = title
    return names


def in_language(
    kind: type[Any], pages: Iterable[Any], *, language: str, now: datetime
) -> list[Any]:
    """Return the public versions of `pages` for readers of `language`, in their order.

    Of each the version in that language, else the given one; without those of which neither is
    public. All are of the model `kind`.
    """
    pages = list(pages)
    keys = {page.translation_key for page in pages}
    versions = public(kind.objects.filter(translation_key__in=keys), now=now)
    given, own = {}, {}
    for version in versions.select_related("locale"):
        given[version.pk] = version
        if version.locale.language_code == language:
            own[version.translation_key] = version
    found = (own.get(page.translation_key) or given.get(page.pk) for page in pages)
    return [version for version in found if version]


def houses_of(user: Any, pages: QuerySet) -> QuerySet:
    """Return those of `pages` (members' profiles) in whose house `user` works.

    A house is a member's profile and what lies below it; who works there may change the profile
    or add pages below it. Editors and superusers work in all of them.
    """
    return pages.filter(
        pk__in=page_permission_policy.instances_user_has_any_permission_for(
            user, {"add", "change"}
        ).values("pk")
    )
