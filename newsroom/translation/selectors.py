"""Reads for translators: what is public and how far its translations are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from cms.pages.governed import GovernedPage
from newsroom.approval.selectors import is_public, public

MISSING, DRAFT, IN_REVIEW, PUBLIC, OUTDATED = "missing", "draft", "review", "public", "outdated"
LABELS = {
    MISSING: _("missing"),
    DRAFT: _("draft"),
    IN_REVIEW: _("in review"),
    PUBLIC: _("public"),
    OUTDATED: _("older than its source"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """How far one language of an item is. `page` is None while there is none."""

    locale: Locale
    state: str
    page: Any | None

    @property
    def label(self) -> Any:
        """Return the state in words."""
        return LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Item:
    """A public page and its language versions, in the order of the site's languages."""

    page: Any
    versions: tuple[Version, ...]


def may_begin(page: Any, *, user: Any, now: datetime) -> bool:
    """Return whether `user` may translate `page`: what is public, or theirs to edit.

    Otherwise a translator would read every draft of the house.
    """
    return is_public(page, now=now) or bool(page.permissions_for_user(user).can_edit())


def sources(*, now: datetime) -> QuerySet:
    """Return the public pages that can be translated, the newest first."""
    kinds = [model for model in _models() if model.search_kind]
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE).type(*kinds)
    return public(pages, now=now).order_by("-first_published_at", "-pk")


def items(pages: Sequence[Any], *, now: datetime) -> list[Item]:
    """Return the pages with their language versions, in few queries for all of them."""
    locales = [
        Locale.objects.get_for_language(code)
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        if code != settings.LANGUAGE_CODE
    ]
    keys = [page.translation_key for page in pages]
    translated = Page.objects.filter(translation_key__in=keys).exclude(
        pk__in=[page.pk for page in pages]
    )
    public_ids = set(public(translated, now=now).values_list("pk", flat=True))
    found = {
        (page.translation_key, page.locale_id): page
        for page in translated.prefetch_workflow_states()
    }
    return [
        Item(
            page,
            tuple(
                _version(page, locale, found.get((page.translation_key, locale.pk)), public_ids)
                for locale in locales
            ),
        )
        for page in pages
    ]


def missing_locales(page: Any) -> QuerySet[Locale]:
    """Return the languages that `page` has no version in."""
    there = Page.objects.filter(translation_key=page.translation_key).values("locale_id")
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return Locale.objects.filter(language_code__in=codes).exclude(pk__in=there)


def _version(source: Any, locale: Locale, page: Any | None, public_ids: set[int]) -> Version:
    if page is None:
        return Version(locale, MISSING, None)
    if page.workflow_in_progress:
        return Version(locale, IN_REVIEW, page)
    if page.pk not in public_ids:
        return Version(locale, DRAFT, page)
    is_old = page.last_published_at < source.last_published_at
    return Version(locale, OUTDATED if is_old else PUBLIC, page)


def _models() -> list[type[GovernedPage]]:
    return [model for model in apps.get_models() if issubclass(model, GovernedPage)]
