"""Under which addresses a page names pictures and files: the public ones, unless it is shown early.

Templates ask a picture for its address and cannot know for whom they are rendered. So whoever
renders a page for invited readers says so around the rendering.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.encoding import filepath_to_uri

_private: ContextVar[tuple[str, frozenset[str]] | None] = ContextVar("private", default=None)


@contextmanager
def files_below(prefix: str, *, references: Iterable[str]) -> Iterator[None]:
    """Let what is named by `references` have addresses below `prefix` (ends in "/") inside.

    A reference is what `reference()` of a picture or file returns; all others stay as they are.
    """
    token = _private.set((prefix, frozenset(references)))
    try:
        yield
    finally:
        _private.reset(token)


def private_address(*, reference: str, name: str) -> str | None:
    """Return the address of the stored file `name`, None where the public one is right."""
    private = _private.get()
    if private is None or reference not in private[1]:
        return None
    return f"{private[0]}{filepath_to_uri(name)}"
