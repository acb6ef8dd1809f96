"""Bringing search documents up to date when pages change."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.models import Page

from newsroom.approval.selectors import public
from search.documents import _lock as lock_item
from search.documents import refresh

# Public versions by model and item, while several items are refreshed in one go.
_Versions = dict[tuple[type[Page], str], list[Any]]
_ahead: ContextVar[_Versions | None] = ContextVar("ahead", default=None)


def refresh_documents(page: Any) -> None:
    """Rebuild the search document of the page's item, in the transaction that changed it.

    What stands below an item names it and goes with it (a member's offers), so it follows.
    """
    if not getattr(page, "search_kind", None):
        return
    below = [] if page.is_leaf() else Page.objects.descendant_of(page).specific()
    refresh_all([page, *below])


def refresh_all(pages: Iterable[Any]) -> None:
    """Rebuild the search documents of all items among `pages`."""
    for kind, item in _items(pages):
        refresh(kind=kind, item=item, now=timezone.now())


def public_versions(model: type[Page], item: str) -> list[Any]:
    """Return the public language versions of an item (the translation key as text).

    With what `search_reads` of their model names.
    """
    ahead = _ahead.get()
    if ahead is not None and (model, item) in ahead:
        return ahead[model, item]
    return _versions(model, [item])


@contextmanager
def read_ahead(pages: Sequence[Any]) -> Iterator[None]:
    """Let `public_versions` answer for the items of `pages` from one question to the database.

    For several items that have been changed in the transaction at hand, which locks them all.
    """
    for kind, item in _items(pages):
        lock_item(kind, item)
    found: _Versions = {(type(page), str(page.translation_key)): [] for page in pages}
    for model in {model for model, _item in found}:
        for version in _versions(model, [item for kind, item in found if kind is model]):
            found[model, str(version.translation_key)].append(version)
    token = _ahead.set(found)
    try:
        yield
    finally:
        _ahead.reset(token)


def _items(pages: Iterable[Any]) -> list[tuple[str, str]]:
    """Return kind and item of what search finds among `pages`.

    In order: two transactions that lock the same items do not wait for each other in a ring.
    """
    kinds = ((getattr(page, "search_kind", None), str(page.translation_key)) for page in pages)
    return sorted({(kind, item) for kind, item in kinds if kind})


def _versions(model: Any, items: Sequence[str]) -> list[Any]:
    pages = model.objects.filter(translation_key__in=items).select_related("locale")
    found = list(public(pages, now=timezone.now()))
    prefetch_related_objects(found, *model.search_reads)
    return found
