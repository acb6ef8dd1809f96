"""Ask the database without the ORM, where every reader waits.

The ORM takes longer to build such a query than the database to answer it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection, transaction


def rows(sql: str, params: Sequence[Any]) -> list[tuple]:
    """Return all rows of a statement; its text is constant, every value a parameter."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@contextmanager
def by_index() -> Iterator[None]:
    """Keep PostgreSQL from reading whole tables meanwhile, and from compiling for it.

    It takes full text for as cheap to read as a number: for a word that many documents have it
    would unpack the text of every row, a second for 100,000.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off; SET LOCAL jit TO off")
        yield
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL jit TO DEFAULT")


def marks(values: Sequence[object]) -> str:
    """Return the placeholders of a list of values."""
    return ", ".join(["%s"] * len(values))


def one_of(column: str, ids: Sequence[int]) -> tuple[str, Any]:
    """Return the condition that a column is one of many ids, and its only parameter."""
    if connection.vendor == "sqlite":
        listed = orjson.dumps(ids).decode()
        return f"{column} IN (SELECT value FROM json_each(%s))", listed  # noqa: S608 - constant
    return f"{column} = ANY(%s)", list(ids)


def adapted(value: datetime) -> Any:
    """Return a time as the database compares it."""
    return connection.ops.adapt_datetimefield_value(value)


def time(value: datetime | None) -> datetime | None:
    """Return a column of time as a moment; SQLite stores it in UTC and does not say so."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def json(value: Any) -> Any:
    """Return a column of JSON as what it means; Django lets no driver decode it."""
    return orjson.loads(value)
