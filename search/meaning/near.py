"""Ask for documents whose meaning is near, beside the words and never instead of them."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections

from search import client, query
from search.meaning import encoders
from search.results import Criteria

logger = logging.getLogger(__name__)

PATIENCE = 0.15  # seconds the words wait for the meaning
_pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="meaning")


@dataclass(frozen=True, slots=True)
class Near:
    """A document near in meaning; `cosine` is 1 for the same direction, 0 for none in common."""

    key: str
    version: int
    cosine: float


def ask(criteria: Criteria, indices: Sequence[str]) -> "Future[list[Near]] | None":
    """Begin to ask in the background; None without an encoder."""
    encoder = encoders.current()
    if encoder is None:
        return None
    # Nobody waits longer than PATIENCE; a request broken off would only cost its connection.
    deadline = time.monotonic() + client.QUERY_BUDGET
    return _pool.submit(_ask, encoder, criteria, list(indices), deadline)


def answer(future: "Future[list[Near]] | None", *, since: float) -> list[Near]:
    """Return what was found; nothing when it is not there in time or failed, which is logged.

    `since` is when the question began, on the monotonic clock.
    """
    if future is None:
        return []
    try:
        return future.result(timeout=max(0.0, since + PATIENCE - time.monotonic()))
    except TimeoutError:
        future.cancel()
        logger.info("meaning came too late")
    except Exception as error:
        logger.warning("meaning not asked", extra={"reason": type(error).__name__})
    return []


def _ask(
    encoder: encoders.Encoder, criteria: Criteria, indices: list[str], deadline: float
) -> list[Near]:
    try:
        vector = encoders.packed(encoder.encode([criteria.q])[0])
        found = client.search(
            indices,
            query.near(criteria, encoders.numbers(vector)),
            deadline=deadline,
            is_extra=True,
        )
    finally:
        connections.close_all()  # this thread's own: building the question may have opened one
    return [
        Near(hit["_id"], hit["_version"], 2 * hit["_score"] - 1) for hit in found["hits"]["hits"]
    ]
