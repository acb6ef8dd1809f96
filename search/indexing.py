"""Ship what changed in the table to Elasticsearch.

Any number of workers may do so at once, each may be killed at any moment.
"""

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from search import bulk, client, healing, mappings
from search.meaning import vectors
from search.models import IndexBuild, SearchDocument
from search.params import languages
from search.selectors import dirty

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 6  # of a row the server refuses; then it is parked with its error
MAX_BACKOFF = timedelta(minutes=5)
MIN_BUSY_PAUSE, MAX_BUSY_PAUSE = timedelta(seconds=1), timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class ShipReport:
    """What one call of `ship` did. `is_unavailable`: the server was away; nothing is lost."""

    shipped: int = 0
    failed: int = 0
    parked: int = 0
    rebuilt: tuple[str, ...] = ()
    is_unavailable: bool = False


def ship(*, now: datetime, limit: int = 500, patience: float | None = None) -> ShipReport:
    """Send up to `limit` changed rows to the index; call it again and again.

    Missing indices are built first, for `patience` seconds at most (None: to the end); the next
    call goes on. Idempotent. Must not run inside a transaction (RuntimeError): it talks to the
    network. What was sent can be found when it returns.
    """
    if not client.is_alive():
        return ShipReport(is_unavailable=client.is_configured())
    report = ShipReport()
    token = ""
    try:
        report = replace(report, rebuilt=healing.heal(now=now, patience=patience))
        token = uuid.uuid4().hex
        rows = _lease(token, now=now, limit=limit)
        # The targets are read after the rows: a rebuild that registers later than this reads
        # these versions from the table itself.
        targets = _targets()
        for outcomes in bulk.send(vectors.attached(rows), targets, refresh=True):
            report = _settle(outcomes, token, report, now=now)
    except client.SearchUnavailable as error:
        healing.look_again()
        SearchDocument.objects.filter(lease_token=token).exclude(lease_token="").update(
            lease_token="", leased_until=None
        )
        logger.warning("search index not reached", extra={"reason": str(error)})
        return replace(report, is_unavailable=True)
    return report


def _targets() -> dict[str, list[str]]:
    """Return the aliases that versions of each language go to."""
    known = set(languages()) | set(dirty().order_by().values_list("language", flat=True).distinct())
    targets = {language: [mappings.alias(language)] for language in known}
    for language, index in IndexBuild.objects.values_list("language", "index"):
        if mappings.version_of(index) == mappings.VERSION:
            targets.setdefault(language, [mappings.alias(language)])
            targets[language].append(mappings.building_alias(language))
    return targets


def _lease(token: str, *, now: datetime, limit: int) -> list[SearchDocument]:
    """Take waiting rows for this worker; two workers never get the same one."""
    waiting = dirty().filter(
        Q(leased_until=None) | Q(leased_until__lte=now),
        Q(next_attempt_at=None) | Q(next_attempt_at__lte=now),
        is_parked=False,
        language__in=languages(),
    )
    ids = list(waiting.order_by("changed_at").values_list("pk", flat=True)[:limit])
    if not ids:
        return []
    # Durable: refuses to run inside a transaction, which the network must not prolong. The
    # conditions are asked again, so of two workers one gets a row.
    with transaction.atomic(durable=True):
        waiting.filter(pk__in=ids).update(
            lease_token=token, leased_until=now + LEASE, leased_version=F("version")
        )
    return list(SearchDocument.objects.filter(pk__in=ids, lease_token=token))


def _settle(
    outcomes: list[bulk.Outcome], token: str, report: ShipReport, *, now: datetime
) -> ShipReport:
    """Note in the table what became of rows, where this worker still holds them."""
    held = SearchDocument.objects.filter(lease_token=token)
    free = {"lease_token": "", "leased_until": None}
    done = [outcome.row.pk for outcome in outcomes if outcome.fate == "ok"]
    # A row that changed meanwhile stays dirty: its version is beyond the leased one.
    shipped = held.filter(pk__in=done).update(
        shipped_version=F("leased_version"), attempts=0, next_attempt_at=None, error="", **free
    )
    failed = parked = 0
    for outcome in outcomes:
        if outcome.fate == "ok":
            continue
        failed += 1
        row = held.filter(pk=outcome.row.pk)
        if outcome.fate == "refused":
            attempts = outcome.row.attempts + 1
            is_parked = attempts >= MAX_ATTEMPTS
            parked += is_parked
            pause = min(timedelta(seconds=2**attempts), MAX_BACKOFF)
            # A change meanwhile deserves its own tries.
            row.filter(version=F("leased_version")).update(
                attempts=attempts, is_parked=is_parked, error=outcome.error,
                next_attempt_at=now + pause,
            )  # fmt: skip
            row.update(**free)
            logger.warning("row refused by the index", extra={"key": outcome.row.key})
        else:
            # The row is not at fault, so nothing is counted: the longer it has waited for an
            # overloaded server, the longer it goes on waiting.
            pause = max(MIN_BUSY_PAUSE, min((now - outcome.row.changed_at) / 4, MAX_BUSY_PAUSE))
            if outcome.fate == "missing":
                healing.look_again()
                pause = MIN_BUSY_PAUSE
            row.update(next_attempt_at=now + pause, error=outcome.error, **free)
    return replace(
        report,
        shipped=report.shipped + shipped,
        failed=report.failed + failed,
        parked=report.parked + parked,
    )
