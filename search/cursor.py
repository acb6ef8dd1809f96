"""Where a walk through results stands: a signed text that only we can make and only we can read.

A number of hits to skip is no such place: it moves with every document that comes or goes, and
Elasticsearch refuses numbers beyond 10,000. A cursor names the last hit by what it was sorted by.
"""

import binascii
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

MAX_LENGTH = 4_000  # characters
MAX_AGE = 24 * 60 * 60  # seconds; scores of another day are not comparable
_SALT = "search.cursor.2"  # another one whenever what `after` holds changes
_DIGEST = 4  # bytes of a key that was shown

SortValue = str | int | float


class BadCursor(ValueError):
    """The text is no cursor of ours, is too old, or belongs to another question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place between two hits.

    `backend` counted them, `position` are passed, `began` is when the first page was asked: what
    is new counts by that clock. `after` is what the last hit was sorted by; empty while still among
    the hits that meaning reorders. `shown` are digests of hits that the order of the words would
    bring again.
    """

    backend: str
    began: datetime
    position: int
    is_relaxed: bool = False
    after: tuple[SortValue, ...] = ()
    shown: frozenset[bytes] = frozenset()


def digest(key: str) -> bytes:
    """Return what is remembered of a hit that was shown."""
    return hashlib.blake2b(key.encode(), digest_size=_DIGEST).digest()


def digests(keys: Iterable[str]) -> frozenset[bytes]:
    """Return what is remembered of several hits."""
    return frozenset(map(digest, keys))


def dump(cursor: Cursor, *, question: str) -> str:
    """Return the cursor as text for an address; it is good for the same question only."""
    return signing.dumps(
        [
            _fingerprint(question), cursor.backend, cursor.began.isoformat(), cursor.position,
            cursor.is_relaxed, cursor.after, b64encode(b"".join(sorted(cursor.shown))).decode(),
        ],
        salt=_SALT,
    )  # fmt: skip


def load(text: str, *, question: str) -> Cursor:
    """Return the cursor of a text. Raises BadCursor."""
    try:
        fingerprint, backend, began, position, is_relaxed, after, shown = signing.loads(
            text, salt=_SALT, max_age=MAX_AGE
        )
        joined = b64decode(shown)
    except (signing.BadSignature, binascii.Error, ValueError) as error:
        raise BadCursor(str(error)) from error
    if fingerprint != _fingerprint(question):
        raise BadCursor("The cursor belongs to another question.")
    return Cursor(
        backend=backend,
        began=datetime.fromisoformat(began),
        position=position,
        is_relaxed=is_relaxed,
        after=tuple(after),
        shown=frozenset(joined[at : at + _DIGEST] for at in range(0, len(joined), _DIGEST)),
    )


def _fingerprint(question: str) -> str:
    return hashlib.blake2b(question.encode(), digest_size=8).hexdigest()
