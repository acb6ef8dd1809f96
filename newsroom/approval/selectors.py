"""The one place that says what is public."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from newsroom.approval.models import Receipt


def public(pages: QuerySet | None = None, *, now: datetime) -> QuerySet:
    """Return those of `pages` that anybody may see at `now` (UTC).

    A page is public when it is live, inside its time by the clock (not because some job has run),
    no alias, and its live revision is the one that was approved and published. A translation is
    public only while the page it translates is. `queryset.update(live=True)` shows nothing.
    """
    pages = Page.objects.all() if pages is None else pages
    source = _live_in_time(Page.objects.filter(pk=OuterRef("source_id")), now=now)
    approved = _receipts().filter(Q(source=None) | Exists(source.filter(Exists(_receipts()))))
    return _live_in_time(pages, now=now).filter(Exists(approved))


def is_public(page: Any, *, now: datetime) -> bool:
    """Return whether anybody may see the stored version of `page` at `now`."""
    return public(Page.objects.filter(pk=page.pk), now=now).exists()


def waiting(*, now: datetime) -> QuerySet[Receipt]:
    """Return the receipts to publish at `now`, the longest due first.

    A translation waits, and costs nothing, until the page it translates is public.
    """
    ready = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    source = public(Page.objects.filter(pk=OuterRef("source_id")), now=now)
    return (
        Receipt.objects.filter(ready, state=Receipt.State.APPROVED, due_at__lte=now)
        .filter(Q(source=None) | Exists(source))
        .order_by("due_at", "pk")
    )


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
