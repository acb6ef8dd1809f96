"""Vectors of documents: computed by the worker, kept by text and model, never computed twice.

A rebuild reads them from their table. A document is found by its words at once; its vector follows
with a version of its own as soon as the worker comes to it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import F

from search.meaning import encoders
from search.models import Meaning, SearchDocument

BATCH = 20  # documents in one go of the worker: about 0.3 s
PAGE = 200  # rows whose vectors are read together
MAX_TEXT = 3_000  # characters; measured: one vector of this much beats several of less
TITLE_WEIGHT = 0.3  # of the title alone beside title and text together


def encode_due(*, now: datetime, limit: int = BATCH) -> int:
    """Give up to `limit` documents their vector; return how many got one.

    A duty of the worker. Does nothing without an encoder. Two workers at once do double work and
    no harm. Raises client.SearchUnavailable where a server encodes.
    """
    encoder = encoders.current()
    if encoder is None:
        return 0
    due = SearchDocument.objects.filter(is_deleted=False).exclude(meaning_model=encoder.name)
    rows = list(due.order_by("pk")[:limit])
    texts = {digest(row): row for row in rows}
    known = set(
        Meaning.objects.filter(model=encoder.name, digest__in=texts).values_list(
            "digest", flat=True
        )
    )
    missing = {key: row for key, row in texts.items() if key not in known}
    vectors = _encode(encoder, list(missing.values()))
    with transaction.atomic():
        Meaning.objects.bulk_create(
            (
                Meaning(model=encoder.name, digest=key, vector=vector)
                for key, vector in zip(missing, vectors, strict=True)
            ),
            ignore_conflicts=True,
        )
        done = 0
        for row in rows:
            # Only the version that was read: a text changed meanwhile waits for its own turn.
            same = SearchDocument.objects.filter(pk=row.pk, version=row.version)
            done += same.update(
                meaning_model=encoder.name, version=F("version") + 1, changed_at=now
            )
    return done


def attached(rows: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
    """Yield the rows with their vectors, read page by page."""
    encoder = encoders.current()
    iterator = iter(rows)
    while page := list(islice(iterator, PAGE)):
        if encoder is not None:
            digests = {row.pk: digest(row) for row in page if row.meaning_model == encoder.name}
            found = Meaning.objects.filter(model=encoder.name, digest__in=set(digests.values()))
            vectors = dict(found.values_list("digest", "vector"))
            for row in page:
                vector = vectors.get(digests.get(row.pk, ""))
                row.vector = bytes(vector) if vector is not None else None
        yield from page


def digest(row: SearchDocument) -> str:
    """Return the name of the text a row's vector is made of."""
    return hashlib.sha256(_text(row).encode()).hexdigest()


def _text(row: SearchDocument) -> str:
    return "\n".join((row.title, row.summary, row.body[:MAX_TEXT]))[:MAX_TEXT]


def _encode(encoder: encoders.Encoder, rows: Sequence[SearchDocument]) -> list[bytes]:
    if not rows:
        return []
    whole = encoder.encode([_text(row) for row in rows])
    titles = encoder.encode([row.title for row in rows])
    return [
        encoders.packed([a + TITLE_WEIGHT * b for a, b in zip(text, title, strict=True)])
        for text, title in zip(whole, titles, strict=True)
    ]
