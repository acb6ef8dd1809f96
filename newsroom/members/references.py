"""Wagtail's index of what refers to what, for whoever writes many pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def references_once() -> Iterator[list[Any]]:
    """Write the index at the end, once for each page in the list, instead of at every saving.

    In the caller's transaction. The caller adds the pages whose rows have changed.
    """
    touched: list[Any] = []
    with disable_reference_index_auto_update():
        yield touched
    for page in touched:
        ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
