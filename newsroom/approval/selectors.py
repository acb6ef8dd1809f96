"""The one place that says what is public."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page

from cms.pages.tree import line_of
from newsroom.approval.models import Notice, Receipt
from newsroom.approval.visibility import HOME_DEPTH, IsPublic


def public(pages: QuerySet | None = None, *, now: datetime) -> QuerySet:
    """Return those of `pages` that anybody may see at `now` (UTC).

    A page is public when it is live, inside its time by the clock (not because some job has run),
    no alias, and its live revision is the one that was approved and published; a translation only
    while the page it translates is, and every page only while all pages above it are.
    `queryset.update(live=True)` shows nothing.
    """
    pages = Page.objects.all() if pages is None else pages
    return pages.filter(IsPublic(F("pk"), now=now))


def is_public(page: Any, *, now: datetime) -> bool:
    """Return whether anybody may see the stored version of `page` at `now`."""
    return public(Page.objects.filter(pk=page.pk), now=now).exists()


def ends(pages: Collection[Any]) -> dict[int, datetime | None]:
    """Return for public pages by number when they stop being so if nobody does anything.

    The first of: its own end, that of its source language, of a page above it, and the moment
    until which an emergency release among them has to be countersigned.
    """
    above = {page.pk: line_of(page.path) for page in pages}
    live = Receipt.objects.filter(state=Receipt.State.LIVE)
    sources = dict(
        live.filter(page__in=above, source__isnull=False).values_list("page_id", "source_id")
    )
    asked = {path for paths in above.values() for path in paths}
    countersign = live.filter(page=OuterRef("pk")).values("countersign_until")[:1]
    stored = Page.objects.filter(Q(path__in=asked) | Q(pk__in=sources.values()))
    found: dict[str | int, list[datetime]] = {}
    for pk, path, *moments in stored.values_list("pk", "path", "expire_at", Subquery(countersign)):
        found[pk] = found[path] = [moment for moment in moments if moment is not None]

    def first(keys: Iterable[str | int]) -> datetime | None:
        return min((end for key in keys for end in found.get(key, ())), default=None)

    return {pk: first([*paths, sources.get(pk, 0)]) for pk, paths in above.items()}


def changes(page: Any) -> QuerySet[Receipt]:
    """Return the published changes of a page, the newest first: what, when and why.

    For a public page: whether it is public is not asked here.
    """
    return (
        Receipt.objects.filter(page_id=page.pk)
        .exclude(published_at=None)
        .exclude(change_kind="")
        .order_by("-published_at", "-pk")
    )


def notice(page: Any) -> Notice | None:
    """Return the approved notice of a page that was taken back."""
    return Notice.objects.filter(page_id=page.pk, state=Notice.State.PUBLISHED).first()


def open_notice(page: Any) -> Notice | None:
    """Return the notice of a page that waits for a second person."""
    return Notice.objects.filter(page_id=page.pk, state=Notice.State.PROPOSED).first()


def waiting_version(page: Any) -> Receipt | None:
    """Return the receipt of the version that was approved and is not public: waiting or parked."""
    states = (Receipt.State.APPROVED, Receipt.State.PARKED)
    return Receipt.objects.filter(page_id=page.pk, state__in=states).first()


def to_check(*, now: datetime, ahead: timedelta) -> QuerySet[Receipt]:
    """Return the receipts whose hour comes within `ahead` and that have not been compared yet."""
    return (
        Receipt.objects.filter(state=Receipt.State.APPROVED, due_at__lte=now + ahead)
        .filter(Q(checked_at=None) | Q(checked_at__lt=F("due_at") - ahead))
        .filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=now))
        .order_by("due_at", "pk")
    )


def emergencies(*, now: datetime) -> QuerySet[Receipt]:
    """Return the emergency releases that wait for a second person, the most urgent first."""
    return Receipt.objects.filter(
        state__in=(Receipt.State.LIVE, Receipt.State.APPROVED), countersign_until__gt=now
    ).order_by("countersign_until")


def is_anything_due(*, now: datetime) -> bool:
    """Return whether the hour of any approved version has come, whatever it still waits for."""
    return Receipt.objects.filter(state=Receipt.State.APPROVED, due_at__lte=now).exists()


def due_soon(*, now: datetime, ahead: timedelta) -> QuerySet[Receipt]:
    """Return the receipts whose hour has not come and comes within `ahead`."""
    return Receipt.objects.filter(
        state=Receipt.State.APPROVED, due_at__gt=now, due_at__lte=now + ahead
    )


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
