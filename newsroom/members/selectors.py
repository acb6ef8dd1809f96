"""Reads of the directory. They take the pages to read: models import this module's callers."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
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


def in_language(page: Any, *, language: str, now: datetime) -> Any | None:
    """Return the public version of a page for readers of `language`.

    The version in that language, else the given one; None when neither is public.
    """
    versions = public(
        Page.objects.filter(translation_key=page.translation_key), now=now
    ).select_related("locale")
    own = None
    for version in versions:
        if version.locale.language_code == language:
            return version.specific
        if version.pk == page.pk:
            own = version
    return own and own.specific


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
