"""Fill a new index from the table and swap it in, while readers read and writers write.

Why nothing is lost: the build is registered before the table is scanned, and the shipping worker
reads the registered builds after it took its rows. So a version is either in the table when the
scan comes by, or it is shipped to the new index as well. External versions let the newer win.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from search import bulk, client, compare, mappings
from search.models import IndexBuild, SearchDocument

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # renewed with every page of the fill
PAGE = 500  # rows
ROUNDS = 3  # of comparing and filling again before giving up

Progress = Callable[[int, int], None]


class RebuildFailed(Exception):
    """The new index does not agree with the table, or another builder took over."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A finished rebuild; `refused` rows are not in the index, their errors are in the log."""

    index: str
    rows: int
    refused: int


def live_indices() -> dict[str, str]:
    """Return the index behind every alias of ours. Raises client.SearchUnavailable."""
    pattern = mappings.alias("*")
    found = client.request("GET", f"/_cat/aliases/{pattern}", format="json", h="alias,index")
    return {entry["alias"]: entry["index"] for entry in found}  # type: ignore[index]


def rebuild(
    language: str, *, now: datetime, progress: Progress = lambda done, total: None
) -> Rebuilt | None:
    """Rebuild the index of a language; None when somebody else is doing so right now.

    Must not run inside a transaction. Raises client.SearchUnavailable and RebuildFailed; the
    former index then goes on serving.
    """
    token = uuid.uuid4().hex
    if not _claim(language, token, now=now):
        return None
    try:
        former = live_indices().get(mappings.alias(language))
        _drop_others(language, keep={former})
        index = mappings.index_name(language, now=timezone.now())
        _create(language, index)
        _own(language, token, index=index)
        rows, refused = _fill(language, token, progress)
        refused |= _agree(language, token, refused)
        _swap(language, index, former)
        _drop_others(language, keep={index, former})
    finally:
        IndexBuild.objects.filter(language=language, lease_token=token).delete()
    logger.info("index rebuilt", extra={"index": index, "rows": rows})
    return Rebuilt(index=index, rows=rows, refused=len(refused))


def _claim(language: str, token: str, *, now: datetime) -> bool:
    """Take the lease on building this language's index; a dead builder's lease expires."""
    lease = {
        "index": "", "lease_token": token, "leased_until": now + LEASE, "started_at": now,
    }  # fmt: skip
    try:
        with transaction.atomic(durable=True):
            if IndexBuild.objects.filter(language=language, leased_until__lte=now).update(**lease):
                return True
            if IndexBuild.objects.filter(language=language).exists():
                return False
            IndexBuild.objects.create(language=language, **lease)
            return True
    except IntegrityError:
        return False


def _own(language: str, token: str, *, index: str) -> None:
    """Register the index and prolong the lease. Raises RebuildFailed when it was lost."""
    held = IndexBuild.objects.filter(language=language, lease_token=token)
    if not held.update(index=index, leased_until=timezone.now() + LEASE):
        raise RebuildFailed(f"Somebody else builds the index of {language!r} by now.")


def _create(language: str, index: str) -> None:
    body = mappings.index_body(language)
    body["aliases"] = {mappings.building_alias(language): {}}
    client.request("PUT", f"/{index}", body)


def _fill(language: str, token: str, progress: Progress) -> tuple[int, set[str]]:
    """Write all rows of the table to the new index; return their number and the refused keys."""
    rows = SearchDocument.objects.filter(language=language).order_by("pk")
    # Rows that come later are dirty and shipped here anyway: busy writers cannot keep us going.
    newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
    rows = rows.filter(pk__lte=newest)
    total, done, last = rows.count(), 0, 0
    refused: set[str] = set()
    index = IndexBuild.objects.values_list("index", flat=True).get(lease_token=token)
    while page := list(rows.filter(pk__gt=last)[:PAGE]):
        refused |= _write(language, page)
        last = page[-1].pk
        done += len(page)
        _own(language, token, index=index)
        progress(done, total)
    return done, refused


def _write(language: str, rows: list[SearchDocument]) -> set[str]:
    aliases = {language: [mappings.building_alias(language)]}
    refused = set()
    for outcomes in bulk.send(rows, aliases, refresh=False):
        for outcome in outcomes:
            if outcome.fate == "refused":
                refused.add(outcome.row.key)
                logger.warning("row refused by the index", extra={"key": outcome.row.key})
            elif outcome.fate != "ok":
                raise client.SearchUnavailable(outcome.error)
    return refused


def _agree(language: str, token: str, refused: set[str]) -> set[str]:
    """Compare the new index with the table and mend it; return further refused keys."""
    alias = mappings.building_alias(language)
    index = IndexBuild.objects.values_list("index", flat=True).get(lease_token=token)
    for _ in range(ROUNDS):
        keys = {d.key for d in compare.differences(language, alias=alias)} - refused
        _own(language, token, index=index)
        if not keys:
            return refused
        refused |= _write(language, compare.rows_of(keys))
    raise RebuildFailed(f"{len(keys)} rows of {language!r} differ after filling.")


def _swap(language: str, index: str, former: str | None) -> None:
    alias, building = mappings.alias(language), mappings.building_alias(language)
    actions: list[dict] = [
        {"add": {"index": index, "alias": alias}},
        {"remove": {"index": index, "alias": building}},
    ]
    if former:
        actions.append({"remove": {"index": former, "alias": alias}})
    client.request("POST", "/_aliases", {"actions": actions})


def _drop_others(language: str, *, keep: set[str | None]) -> None:
    """Delete indices of this language that a killed builder or an older rebuild left."""
    pattern = f"{mappings.alias(language)}-v*"
    found = client.request("GET", f"/_cat/indices/{pattern}", format="json", h="index")
    names = [entry["index"] for entry in found]  # type: ignore[index]
    for name in names:
        if name not in keep and mappings.is_of_family(name, language):
            client.request("DELETE", f"/{name}")
