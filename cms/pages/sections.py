"""What rooms show on each other's pages, without the page knowing them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Section = Callable[[Any], dict[str, Any]]
_sections: dict[str, list[Section]] = defaultdict(list)


def register_section(place: str, section: Section) -> None:
    """Let `section(page)` add to what is shown at `place`.

    Places are "home" and "member", which give their page, and those of newsroom.regions.place.
    """
    _sections[place].append(section)


def collect(place: str, page: Any) -> dict[str, Any]:
    """Return everything the sections registered for `place` have to show on `page`."""
    context: dict[str, Any] = {}
    for section in _sections[place]:
        context.update(section(page))
    return context
