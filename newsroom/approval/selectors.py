"""The one place that says what is public."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page

from newsroom.approval.models import Receipt

# The tree: root (1), home (2), section (3), member or release (4), what a member has (5).
HOME_DEPTH = 2
DEEPEST = 5


def public(pages: QuerySet | None = None, *, now: datetime) -> QuerySet:
    """Return those of `pages` that anybody may see at `now` (UTC).

    A page is public when it is live, inside its time by the clock (not because some job has run),
    no alias, and its live revision is the one that was approved and published; a translation only
    while the page it translates is, and every page only while all pages above it are.
    `queryset.update(live=True)` shows nothing.
    """
    shown = _shown(Page.objects.all() if pages is None else pages, now=now)
    for depth in range(HOME_DEPTH, DEEPEST):
        above = Page.objects.filter(path=Substr(OuterRef("path"), 1, depth * Page.steplen))
        shown = shown.filter(Q(depth__lte=depth) | Exists(_shown(above, now=now)))
    return shown


def is_public(page: Any, *, now: datetime) -> bool:
    """Return whether anybody may see the stored version of `page` at `now`."""
    return public(Page.objects.filter(pk=page.pk), now=now).exists()


def waiting(*, now: datetime) -> QuerySet[Receipt]:
    """Return the receipts to publish at `now`, the longest due first.

    A translation waits, and costs nothing, until the page it translates is public; a page until
    its parent is.
    """
    ready = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    source = public(Page.objects.filter(pk=OuterRef("source_id")), now=now)
    parent = public(Page.objects.filter(pk=OuterRef("parent_id")), now=now)
    return (
        Receipt.objects.filter(ready, state=Receipt.State.APPROVED, due_at__lte=now)
        .filter(Q(source=None) | Exists(source))
        .filter(Q(page__depth=HOME_DEPTH) | Exists(parent))
        .order_by("due_at", "pk")
    )


def _shown(pages: QuerySet, *, now: datetime) -> QuerySet:
    """Return those of `pages` that are approved and in their time, whatever is above them."""
    source = _live_in_time(Page.objects.filter(pk=OuterRef("source_id")), now=now)
    approved = _receipts().filter(Q(source=None) | Exists(source.filter(Exists(_receipts()))))
    return _live_in_time(pages, now=now).filter(Exists(approved))


def _receipts() -> QuerySet[Receipt]:
    return Receipt.objects.filter(
        page=OuterRef("pk"), revision=OuterRef("live_revision"), state=Receipt.State.LIVE
    )


def _live_in_time(pages: QuerySet, *, now: datetime) -> QuerySet:
    return pages.filter(
        Q(go_live_at=None) | Q(go_live_at__lte=now),
        Q(expire_at=None) | Q(expire_at__gt=now),
        live=True,
        alias_of=None,
    )
