"""Bringing search documents up to date when pages change."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.models import Page

from newsroom.approval.selectors import ends, public
from search import registry
from search.documents import Document, Item, lock, refresh, store, warm_up


@dataclass(slots=True)
class _Gathering:
    """Several items that change in one transaction: what their documents need, and they."""

    versions: dict[tuple[type[Page], str], list[Any]]
    ends: dict[int, datetime | None] = field(default_factory=dict)
    items: frozenset[Item] = frozenset()
    built: dict[Item, Sequence[Document]] = field(default_factory=dict)


_gathering: ContextVar[_Gathering | None] = ContextVar("gathering", default=None)


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
    gathering = _gathering.get()
    for kind, item in _items(pages):
        if gathering is not None and (kind, item) in gathering.items:
            gathering.built[kind, item] = registry.kind(kind).documents(item)
        else:
            refresh(kind=kind, item=item, now=timezone.now())


def public_versions(model: type[Page], item: str) -> list[Any]:
    """Return the public language versions of an item (the translation key as text).

    With what `search_reads` of their model names.
    """
    gathering = _gathering.get()
    if gathering is not None and (model, item) in gathering.versions:
        return gathering.versions[model, item]
    return _versions(model, [item])


def public_until(page: Any) -> datetime | None:
    """Return when a public page stops being so if nobody does anything; None: never."""
    gathering = _gathering.get()
    known = gathering.ends if gathering is not None else {}
    return known[page.pk] if page.pk in known else ends([page])[page.pk]


@contextmanager
def gathered(pages: Sequence[Any]) -> Iterator[None]:
    """Read what the documents of `pages` need for all at once, and store them at the end at once.

    In the transaction that has changed the pages; inside, each document is built when its page is
    refreshed, so that a page whose document fails can be named.
    """
    items = frozenset(_items(pages))
    lock(items)
    versions: dict[tuple[type[Page], str], list[Any]] = {
        (type(page), str(page.translation_key)): [] for page in pages
    }
    for model in {model for model, _item in versions}:
        for version in _versions(model, [item for kind, item in versions if kind is model]):
            versions[model, str(version.translation_key)].append(version)
    found = [version for some in versions.values() for version in some]
    gathering = _Gathering(versions, ends(found), items)
    with _opened(gathering):
        yield
    store(gathering.built, now=timezone.now())


def rehearse(page: Any, *, at: datetime) -> None:
    """Build the search document that `page` will have when it is public from `at` on; forget it.

    What building remembers (words of texts, labels, addresses) is then at hand in this process.
    Nothing is stored, so nothing can be found early.
    """
    if not getattr(page, "search_kind", None):
        return
    page.first_published_at = page.first_published_at or at
    item = str(page.translation_key)
    with _opened(_Gathering({(type(page), item): [page]})):
        warm_up(registry.kind(page.search_kind).documents(item))


@contextmanager
def _opened(gathering: _Gathering) -> Iterator[None]:
    token = _gathering.set(gathering)
    try:
        yield
    finally:
        _gathering.reset(token)


def _items(pages: Iterable[Any]) -> list[Item]:
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
