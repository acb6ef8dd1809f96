"""Questions about the state of the read model and its way to the index."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain, compress

from django.conf import settings
from django.db.models import Count, F, Min, Q, QuerySet, Sum

from search import mappings, raw
from search.models import Comparison, SearchDocument
from search.params import languages


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the index is behind: waiting rows, age of the oldest in seconds, given-up rows."""

    rows: int
    seconds: float
    parked: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be shipped; `tombstones` are keys, `waiting_since` is None without any."""

    rows: int
    tombstones: tuple[str, ...]
    waiting_since: datetime | None


def dirty() -> "QuerySet[SearchDocument]":
    """Return the rows whose latest version no index has acknowledged."""
    return SearchDocument.objects.filter(version__gt=F("shipped_version"))


def backlog(*, limit: int) -> Backlog:
    """Return what the index does not know yet, looking at no more than `limit` rows.

    A row that the index refuses is not waited for: one poison row must not stop the search.
    """
    rows = raw.rows(
        "SELECT kind, item, language, is_deleted, attempts, changed_at FROM search_searchdocument"
        " WHERE version > shipped_version ORDER BY changed_at LIMIT %s",
        [limit],
    )
    return Backlog(
        rows=len(rows),
        tombstones=tuple("/".join(row[:3]) for row in rows if row[3]),
        # The first is the oldest.
        waiting_since=next((raw.time(row[5]) for row in rows if not row[4]), None),
    )


def lag(now: datetime) -> Lag:
    """Return how far the index is behind the table; nothing when no server is configured."""
    if not settings.ELASTICSEARCH_URL:
        return Lag(rows=0, seconds=0.0, parked=0)
    state = dirty().aggregate(
        rows=Count("pk", filter=Q(is_parked=False)),
        oldest=Min("changed_at", filter=Q(is_parked=False)),
        parked=Count("pk", filter=Q(is_parked=True)),
    )
    oldest = state["oldest"]
    seconds = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    return Lag(rows=state["rows"], seconds=seconds, parked=state["parked"])


_HAS_TERM = "EXISTS (SELECT 1 FROM search_searchterm WHERE field = %s AND value = %s)"


def indices(language: str) -> list[str]:
    """Return the aliases of the indices to ask for readers of a language, their own always.

    All others that have a document which answers for them: of nine languages mostly one or two.
    Each index that is asked costs a request time, also one without a hit.
    """
    others = [code for code in languages() if code != language]
    columns = ", ".join([_HAS_TERM] * len(others))
    values = chain.from_iterable((f"answers_for:{language}", code) for code in others)
    (found,) = raw.rows(f"SELECT {columns}", list(values)) if others else [()]
    return [mappings.alias(code) for code in (language, *compress(others, found))]


@dataclass(frozen=True, slots=True)
class LastComparison:
    """The oldest of the languages' last comparisons; differences of all. None: never compared."""

    compared_at: datetime | None
    differences: int


def last_comparison() -> LastComparison:
    """Return when all indices were last compared with the table (search_verify)."""
    found = Comparison.objects.filter(language__in=languages())
    state = found.aggregate(
        languages=Count("pk"), oldest=Min("compared_at"), differences=Sum("differences")
    )
    is_complete = state["languages"] == len(languages())
    return LastComparison(
        compared_at=state["oldest"] if is_complete else None,
        differences=state["differences"] or 0,
    )
