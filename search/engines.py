"""Which engine answers: Elasticsearch while it is well and up to date, else the database."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from search import client, selectors
from search.results import Backend, Criteria

logger = logging.getLogger(__name__)

# The index is too far behind to be asked, and the database answers: more rows wait than a query
# could exclude, or one has waited so long that its readers miss it (after an outage; no worker).
MAX_BACKLOG = 1_000
MAX_WAIT = timedelta(seconds=3)

Answer = TypeVar("Answer")


def ask(
    criteria: Criteria,
    *,
    index: Callable[[Criteria], Answer],
    database: Callable[[Criteria], Answer],
) -> tuple[Answer, Backend]:
    """Return the answer of one engine and which one it was. Never raises for an outage.

    `index` is given the criteria with the keys that the index may still show although the table
    says they are gone; it may raise client.SearchUnavailable.
    """
    walk = criteria.walk
    # What the database has begun it goes on with: each engine has an order of its own.
    if client.is_configured() and not (walk and walk.backend == "database"):
        backlog = selectors.backlog(limit=MAX_BACKLOG + 1)
        since = backlog.waiting_since or criteria.now
        if backlog.rows <= MAX_BACKLOG and criteria.now - since <= MAX_WAIT:
            try:
                return index(replace(criteria, hidden=backlog.tombstones)), "elasticsearch"
            except client.SearchUnavailable as error:
                logger.debug("search answered by the database", extra={"reason": str(error)})
    if walk and walk.backend != "database":
        # The index has gone away in the middle of a walk: go on at the same number.
        criteria = replace(criteria, walk=None, offset=walk.position)
    return database(criteria), "database"


def is_degraded(backend: Backend) -> bool:
    """Return whether the database had to stand in for a configured server."""
    return backend == "database" and client.is_configured()
