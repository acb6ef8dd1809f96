"""Rows that the index refused until nobody tried any more, and trying them again."""

from collections.abc import Collection

from django.db.models import QuerySet

from search.models import SearchDocument

# A row as it was before its first try. A row that is just being shipped keeps its lease.
UNTRIED = {"attempts": 0, "next_attempt_at": None, "error": "", "is_parked": False}


def parked() -> "QuerySet[SearchDocument]":
    """Return the parked rows, the longest waiting first."""
    return SearchDocument.objects.filter(is_parked=True).order_by("changed_at", "pk")


def try_again(*, ids: Collection[int] | None = None) -> int:
    """Give parked rows (all of them for None) their tries back; return how many there were.

    The worker ships them with its next round.
    """
    rows = SearchDocument.objects.filter(is_parked=True)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return rows.update(**UNTRIED)
