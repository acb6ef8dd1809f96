"""State changes of the read model: what becomes findable, what vanishes.

Called by the rooms that own the content, inside the transaction that changes it.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.db import connection, transaction

from search import normalise, registry
from search.answers import answers_for
from search.distance import Point, vector
from search.models import SearchDocument, SearchPoint, SearchTerm, UnreadDocument
from search.suggestions.words import stored_words
from search.word_parts import with_parts

logger = logging.getLogger(__name__)

# Raise when stored rows must be written again although their documents did not change.
HASH_VERSION = 1
# More of a text is not searched: PostgreSQL's tsvector ends at 1 MB.
MAX_BODY = 200_000  # characters
REMEMBERED = 1_000  # texts that `warm_up` has normalised

# A document without text: what is left of a version that is no longer public.
EMPTY: dict[str, object] = {
    "title": "", "summary": "", "body": "", "url": "",
    "regions": [], "region_paths": [], "facets": {}, "labels": [], "names": [], "answers_for": [],
    "points": [],
    "published_at": None, "visible_from": None, "visible_until": None, "attested_until": None,
    "title_n": "", "summary_n": "", "body_n": "", "labels_n": "",
}  # fmt: skip


Item = tuple[str, str]  # kind and id


class TransactionRequired(RuntimeError):
    """The read model was changed outside the transaction of its cause."""


@dataclass(frozen=True, slots=True)
class Document:
    """One public language version of an item, as its builder describes it.

    `body` is plain text, `url` a path. `regions` are the keys it is tagged with, `region_paths`
    those and all their ancestors. `facets` maps a facet's name to ids; `labels` are words of
    closed vocabularies in all languages, found in each. `points` are the places it is at, as
    (latitude, longitude). It is visible from `visible_from` (inclusive) to `visible_until`
    (exclusive; None: without end), and marked as old from `attested_until` on (None: never).
    `names` are what else it is called ("DRK"), suggested beside the title while somebody types.
    """

    kind: str
    item: str
    language: str
    title: str
    summary: str
    body: str
    url: str
    regions: tuple[str, ...]
    region_paths: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    labels: tuple[str, ...]
    points: tuple[Point, ...]
    published_at: datetime
    visible_from: datetime
    visible_until: datetime | None
    attested_until: datetime | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefreshCounts:
    """What a reconciliation found: items seen, versions written, builders that failed."""

    items: int
    changed: int
    failed: int


def refresh(*, kind: str, item: str, now: datetime) -> None:
    """Bring the rows of one item in line with what its builder says is public.

    Must run inside the transaction that changes the item, after the change; raises
    TransactionRequired otherwise. Idempotent: an unchanged document changes nothing. Whoever
    refreshes several items in one transaction does so in sorted order, or PostgreSQL may find a
    deadlock.
    """
    _refresh(kind=kind, item=item, now=now)


def refresh_all(*, now: datetime) -> RefreshCounts:
    """Reconcile the whole table with the builders, each item in its own transaction.

    An item whose builder fails is logged and stays as it was.
    """
    items = changed = failed = 0
    for kind in registry.kinds():
        stored = (
            SearchDocument.objects.filter(kind=kind.name, is_deleted=False)
            .values_list("item", flat=True)
            .distinct()
        )
        for item in dict.fromkeys(chain(kind.items(), stored)):
            items += 1
            try:
                with transaction.atomic():
                    changed += _refresh(kind=kind.name, item=item, now=now)
            except Exception:
                failed += 1
                logger.exception("search document not built", extra={"kind": kind.name})
    return RefreshCounts(items=items, changed=changed, failed=failed)


def _refresh(*, kind: str, item: str, now: datetime) -> int:
    """Do the work of `refresh`; return how many rows changed."""
    lock([(kind, item)])
    return store({(kind, item): registry.kind(kind).documents(item)}, now=now)


def lock(items: Iterable[Item]) -> None:
    """Make writers of the same items wait for each other, before any of them reads one.

    Raises TransactionRequired outside a transaction. On SQLite that already holds the only write
    lock (IMMEDIATE).
    """
    if not connection.in_atomic_block:
        raise TransactionRequired("Search documents need the transaction of their cause.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for kind, item in sorted(items):
                cursor.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                    [f"search/{kind}/{item}"],
                )


def store(built: Mapping[Item, Sequence[Document]], *, now: datetime) -> int:
    """Bring the rows of items in line with the documents just built; return how many changed.

    For whoever builds several in one transaction, after `lock`; else `refresh` does it all.
    """
    rows = _stored(built)
    readers = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
    changed = []
    for (kind, item), documents in built.items():
        own = rows.get((kind, item), {})
        wanted = {document.language: document for document in documents}
        answers = answers_for(wanted, readers=readers, source=settings.LANGUAGE_CODE)
        for language in sorted(wanted.keys() | own.keys()):
            row = own.get(language) or SearchDocument(kind=kind, item=item, language=language)
            document = wanted.get(language)
            columns = _columns(document, answers[language]) if document else None
            if (document or not row.is_deleted) and _renew(row, columns, now=now):
                changed.append(row)
    _save(changed)
    return len(changed)


def warm_up(documents: Iterable[Document]) -> None:
    """Normalise the texts of documents that will be stored soon, so that `store` has them at hand.

    Nothing is written: they are remembered in this process.
    """
    for document in documents:
        _normalised(_columns(document, []), document.language)


def tagged_items(keys: Iterable[str]) -> list[Item]:
    """Return (kind, item) of the documents filed under any of the regions, in order."""
    terms = SearchTerm.objects.filter(field__in=("region", "region_path"), value__in=list(keys))
    items = terms.values_list("document__kind", "document__item").distinct()
    return sorted(items)


def _stored(items: Iterable[Item]) -> dict[Item, dict[str, SearchDocument]]:
    """Return the rows of items by language."""
    asked: dict[str, list[str]] = {}
    for kind, item in items:
        asked.setdefault(kind, []).append(item)
    found: dict[Item, dict[str, SearchDocument]] = {}
    for kind, some in asked.items():
        for row in SearchDocument.objects.filter(kind=kind, item__in=some):
            found.setdefault((kind, row.item), {})[row.language] = row
    return found


def _columns(document: Document, answers: list[str]) -> dict[str, object]:
    columns = asdict(document) | {"answers_for": sorted(answers)}
    columns["points"] = sorted(set(document.points))
    for name in ("kind", "item", "language"):
        del columns[name]
    for name in ("title", "summary", "body"):
        columns[name] = columns[name].replace("\x00", "")  # PostgreSQL refuses it
    # Sets in truth: sorted, so that a builder's order is no change.
    for name in ("regions", "region_paths", "labels", "names"):
        columns[name] = sorted(set(columns[name]))
    columns["facets"] = {
        name: sorted(set(ids)) for name, ids in sorted(document.facets.items()) if ids
    }
    return columns


def _renew(row: SearchDocument, columns: dict[str, object] | None, *, now: datetime) -> bool:
    """Make a row the next version of itself, its tombstone for None; return whether it changed."""
    content_hash = _hash(columns)
    if row.content_hash == content_hash:
        return False
    values = {**EMPTY, **columns, **_normalised(columns, row.language)} if columns else dict(EMPTY)
    for name, value in values.items():
        setattr(row, name, value)
    row.is_deleted = columns is None
    row.content_hash = content_hash
    row.version += 1
    row.changed_at = now
    # A new version gets its full number of tries.
    row.attempts, row.next_attempt_at, row.error, row.is_parked = 0, None, "", False
    row.meaning_model = ""
    return True


def _save(rows: Sequence[SearchDocument]) -> None:
    """Store renewed rows with what belongs to them, as many as can be in one statement."""
    known = [row for row in rows if row.pk]
    for row in known:
        # Not `shipped_version` and not the lease: they belong to the worker that ships right now.
        row.save(update_fields=[*EMPTY, *_CHANGED])
    SearchDocument.objects.bulk_create(row for row in rows if not row.pk)
    UnreadDocument.objects.bulk_create(
        UnreadDocument(document=row) for row in rows if not row.is_deleted
    )
    if gone := [row for row in known if row.is_deleted]:
        UnreadDocument.objects.filter(document__in=gone).delete()
    _write_terms(rows, known)
    _write_points(rows, known)


_CHANGED = (
    "is_deleted", "content_hash", "version", "changed_at",
    "attempts", "next_attempt_at", "error", "is_parked", "meaning_model",
)  # fmt: skip


def _hash(columns: dict[str, object] | None) -> str:
    content = [HASH_VERSION, normalise.VERSION, columns]
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


_stored_form = lru_cache(maxsize=REMEMBERED)(with_parts)


def _normalised(columns: dict[str, object], language: str) -> dict[str, str]:
    labels = columns["labels"]
    return {
        "title_n": _stored_form(str(columns["title"]), language),
        "summary_n": _stored_form(str(columns["summary"]), language),
        "body_n": _stored_form(str(columns["body"])[:MAX_BODY], language),
        "labels_n": normalise.normalise(" ".join(labels) if isinstance(labels, list) else ""),
    }


def _write_terms(rows: Iterable[SearchDocument], known: Sequence[SearchDocument]) -> None:
    """Replace the values the database filters by, touching only what differs.

    Rows that are not `known` are new and have none.
    """
    wanted = {(row.pk, *term) for row in rows for term in _terms(row)}
    stored = {
        (term.document_id, term.field, term.value): term.pk
        for term in (SearchTerm.objects.filter(document__in=known) if known else ())
    }
    if gone := [pk for term, pk in stored.items() if term not in wanted]:
        SearchTerm.objects.filter(pk__in=gone).delete()
    SearchTerm.objects.bulk_create(
        SearchTerm(document_id=document, field=field, value=value)
        for document, field, value in sorted(wanted - stored.keys())
    )


def _terms(row: SearchDocument) -> set[tuple[str, str]]:
    return {
        *((f"answers_for:{reader}", row.language) for reader in row.answers_for),
        *(("region", value) for value in row.regions),
        *(("region_path", value) for value in row.region_paths),
        *((f"facet:{name}", value) for name, values in row.facets.items() for value in values),
        *(("word", word) for word in stored_words([row.title, *row.names])),
    }


def _write_points(rows: Iterable[SearchDocument], known: Sequence[SearchDocument]) -> None:
    """Replace the places the database measures distances to; rows not `known` have none."""
    if known:
        SearchPoint.objects.filter(document__in=known).delete()
    SearchPoint.objects.bulk_create(
        SearchPoint(document=row, x=x, y=y, z=z)
        for row in rows
        for x, y, z in sorted(vector((latitude, longitude)) for latitude, longitude in row.points)
    )
