"""Steps that one person takes together: an import of many texts, or the approval of all of them.

Rooms that tell people about single steps note them in the open bundle instead, and tell of all of
them when it closes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from newsroom.approval.steps import bundle_closed


@dataclass(slots=True)
class Bundle:
    """What belongs together: its name for people, who did it, and its path in the admin.

    `submitted` are ids of steps of reviews that have begun, `approved` those of receipts.
    """

    name: str
    by: Any
    path: str = ""
    submitted: list[int] = field(default_factory=list)
    approved: list[int] = field(default_factory=list)


_open: ContextVar[Bundle | None] = ContextVar("bundle", default=None)


def open_bundle() -> Bundle | None:
    """Return the bundle that the present step belongs to, if any."""
    return _open.get()


@contextmanager
def bundled(*, name: str, by: Any) -> Iterator[Bundle]:
    """Bundle the steps taken inside; people are told when it closes.

    After an error nobody is told: the caller's transaction undoes the steps. The caller sets
    `path` as soon as there is one.
    """
    bundle = Bundle(name=name, by=by)
    token = _open.set(bundle)
    try:
        yield bundle
    finally:
        _open.reset(token)
    bundle_closed.send(sender=Bundle, bundle=bundle)
