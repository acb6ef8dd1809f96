"""Bringing search documents up to date when pages change."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from search.documents import refresh


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
    kinds = ((getattr(page, "search_kind", None), str(page.translation_key)) for page in pages)
    # In order: two transactions that lock the same items do not wait for each other in a ring.
    for kind, item in sorted({(kind, item) for kind, item in kinds if kind}):
        refresh(kind=kind, item=item, now=timezone.now())
