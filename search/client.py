"""The one place that talks to Elasticsearch: client, timeouts, typed errors, circuit breaker."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elastic_transport import TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import UnsupportedProductError
from elasticsearch.serializer import OrjsonSerializer

from search.breaker import Breaker

QUERY_BUDGET = 1.0  # seconds that one reader's request may spend on the server
BULK_TIMEOUT = 10.0  # seconds
ADMIN_TIMEOUT = 30.0  # seconds; creating an index waits for its shards
PROBE_TIMEOUT = 1.0  # seconds

Body = dict[str, Any]


class SearchUnavailable(Exception):
    """The server did not answer in time, or not sensibly. The database can.

    `is_missing`: an index or alias does not exist.
    """

    def __init__(self, reason: str, *, is_missing: bool = False) -> None:
        super().__init__(reason)
        self.is_missing = is_missing


class RequestRefused(SearchUnavailable):
    """The server is well but refuses this request (4xx): ours to mend."""


@dataclass(frozen=True, slots=True)
class _Connection:
    client: Elasticsearch
    breaker: Breaker


_connections: dict[str, _Connection] = {}
_lock = threading.Lock()


def is_configured() -> bool:
    """Return whether a server is configured; without one the database answers."""
    return bool(settings.ELASTICSEARCH_URL)


def is_open() -> bool:
    """Return whether the circuit breaker takes the configured server for dead."""
    return is_configured() and _connection().breaker.is_open


def search(indices: list[str], body: Body, *, deadline: float) -> Body:
    """Return the answer of `_search`; `deadline` is on the monotonic clock.

    Raises SearchUnavailable, without delay while the breaker is open. A partial answer (a shard
    missing, time run out on the server) is none.
    """
    connection = _connection()
    if not connection.breaker.allows():
        raise SearchUnavailable("the circuit breaker is open")
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise SearchUnavailable("the time budget is spent")
    return _guarded(
        connection,
        lambda: connection.client.options(request_timeout=remaining).perform_request(
            "POST",
            f"/{','.join(indices)}/_search",
            params={"allow_partial_search_results": "false"},
            headers=_HEADERS,
            body=body,
        ),
    )


def is_alive() -> bool:
    """Return whether the server answered last; a dead one is probed in the background."""
    return is_configured() and _connection().breaker.allows()


def bulk(lines: list[bytes], *, refresh: bool) -> Body:
    """Return the answer of `_bulk` for lines of JSON. Raises SearchUnavailable."""
    connection = _connection()
    body = b"\n".join(lines) + b"\n"
    return _guarded(
        connection,
        lambda: connection.client.options(request_timeout=BULK_TIMEOUT).perform_request(
            "POST",
            "/_bulk",
            params={"refresh": "true" if refresh else "false"},
            headers={**_HEADERS, "content-type": "application/x-ndjson"},
            body=body,
        ),
    )


def request(method: str, path: str, body: Any = None, **params: str) -> Body:
    """Return the answer of an administrative request. Raises SearchUnavailable."""
    connection = _connection()
    return _guarded(
        connection,
        lambda: connection.client.options(request_timeout=ADMIN_TIMEOUT).perform_request(
            method, path, params=params, headers=_HEADERS, body=body
        ),
    )


_HEADERS = {"accept": "application/json", "content-type": "application/json"}


def _connection() -> _Connection:
    """Return the client of the configured server; one per process and URL."""
    url = settings.ELASTICSEARCH_URL
    if not url:
        raise SearchUnavailable("no server is configured")
    with _lock:
        if url not in _connections:
            elasticsearch = Elasticsearch(
                url,
                node_class=Urllib3HttpNode,
                serializers={"application/json": OrjsonSerializer()},
                # 429 and 503 would be repeated three times without a pause.
                max_retries=0,
                retry_on_timeout=False,
                http_compress=False,
                connections_per_node=16,
            )
            _connections[url] = _Connection(elasticsearch, Breaker(_prober(elasticsearch)))
        return _connections[url]


def _prober(elasticsearch: Elasticsearch) -> Callable[[], bool]:
    def probe() -> bool:
        try:
            elasticsearch.options(request_timeout=PROBE_TIMEOUT).perform_request(
                "GET", "/", headers=_HEADERS
            )
        except (ApiError, TransportError):
            return False
        return True

    return probe


def _guarded(connection: _Connection, send: Callable[[], Any]) -> Body:
    try:
        answer: Body = send().body
    except UnsupportedProductError as error:
        connection.breaker.failed()
        raise SearchUnavailable(str(error)) from error
    except ApiError as error:
        status = error.meta.status
        reason = _reason(error)
        if status == 404:
            raise SearchUnavailable(reason, is_missing=True) from error
        if status == 429 or status >= 500:
            connection.breaker.failed()
            raise SearchUnavailable(reason) from error
        raise RequestRefused(reason) from error
    except TransportError as error:
        connection.breaker.failed()
        raise SearchUnavailable(type(error).__name__) from error
    return answer


def _reason(error: ApiError) -> str:
    body = error.body
    details = body.get("error") if isinstance(body, Mapping) else None
    kind = details.get("type") if isinstance(details, Mapping) else None
    return f"{error.meta.status} {kind or error.message}"
