"""Where a page stands, read from its path: one step of `Page.steplen` characters for each level."""

from django.db.models import OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page


def parent_path(path: str) -> str:
    """Return the path of the page above the one at `path`; empty above the root."""
    return path[: -Page.steplen]


def line_of(path: str) -> list[str]:
    """Return the paths of all pages from the root down to the one at `path`, which is the last."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def outer_path_at(depth: int) -> Substr:
    """Return, for a subquery, the path of the page of `depth` on the way to the outer page.

    It is the outer page's own where that stands no deeper. The root has depth 1.
    """
    return Substr(OuterRef("path"), 1, depth * Page.steplen)
