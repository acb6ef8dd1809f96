"""The one place that talks to Elasticsearch: client, timeouts, typed errors, circuit breaker."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from elastic_transport import ConnectionError, TransportError, Urllib3HttpNode
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
    """One cluster, and whether it is well, for readers and for the writers of this process.

    They are told apart: an index that lost a shard or is read-only fails the one, not the other.
    """

    send: "_Sender"
    readers: Breaker
    writers: Breaker


_connections: dict[tuple[str, ...], _Connection] = {}
_lock = threading.Lock()


def is_configured() -> bool:
    """Return whether a server is configured; without one the database answers."""
    return bool(settings.ELASTICSEARCH_URL)


def is_open() -> bool:
    """Return whether readers' requests are kept from the configured server right now."""
    return is_configured() and _connection().readers.is_open


def search(indices: list[str], body: Body, *, deadline: float, is_extra: bool = False) -> Body:
    """Return the answer of `_search`; `deadline` is on the monotonic clock.

    Raises SearchUnavailable, without delay while the breaker is open. A partial answer (a shard
    missing, time run out on the server) is none. Of an extra the reader can do without, a failure
    says nothing about the server: it does not open the breaker.
    """
    connection = _connection()
    if not connection.readers.allows():
        raise SearchUnavailable("the circuit breaker is open")

    def send() -> Any:
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise SearchUnavailable("the time budget is spent")
        return connection.send("POST", _search_path(tuple(indices)), body, seconds=remaining)

    return _guarded(_nothing if is_extra else connection.readers.failed, _twice(send))


def is_alive() -> bool:
    """Return whether the server answered writers last; a dead one is probed in the background."""
    return is_configured() and _connection().writers.allows()


def bulk(lines: list[bytes], *, refresh: bool) -> Body:
    """Return the answer of `_bulk` for lines of JSON. Raises SearchUnavailable."""
    connection = _connection()
    body = b"\n".join(lines) + b"\n"

    def send() -> Any:
        params = {
            "refresh": "true" if refresh else "false",
            # Rows of a missing shard come back soon; the others must not wait for it.
            "timeout": "2s",
            # Of thousands of rows only what became of each, and why all were refused.
            "filter_path": "error,items.*.status,items.*.error",
        }
        return connection.send(
            "POST", _target("/_bulk", params), body, seconds=BULK_TIMEOUT, of=_LINES
        )

    return _guarded(connection.writers.failed, _twice(send))


def request(
    method: str, path: str, body: Any = None, *, seconds: float = ADMIN_TIMEOUT, **params: str
) -> Body:
    """Return the answer of an administrative request within `seconds`. Raises SearchUnavailable."""
    connection = _connection()
    return _guarded(
        connection.writers.failed,
        lambda: connection.send(method, _target(path, params), body, seconds=seconds),
    )


def _twice(send: Callable[[], Any]) -> Callable[[], Any]:
    """Return a function that sends again, to the next host, when a host has gone away.

    For requests that may arrive twice. A host that is silent has cost the time already.
    """

    def send_again() -> Any:
        try:
            return send()
        except ConnectionError:
            return send()

    return send_again if "," in settings.ELASTICSEARCH_URL else send


_JSON, _LINES = "application/json", "application/x-ndjson"
_WHOLE = "allow_partial_search_results=false"


class _Sender:
    """Sends requests by the transport of the client.

    The client itself is made anew for every request with a timeout, with half a hundred parts: a
    tenth of what a search takes.
    """

    def __init__(self, client: Elasticsearch, *, api_key: str) -> None:
        self._transport = client.transport
        self._headers = {"accept": _JSON, "content-type": _JSON}
        if api_key:
            self._headers["authorization"] = f"ApiKey {api_key}"

    def __call__(
        self, method: str, target: str, body: Any, *, seconds: float, of: str = _JSON
    ) -> Any:
        """Return the body of the answer. Raises ApiError and TransportError as the client does."""
        meta, answer = self._transport.perform_request(
            method,
            target,
            body=body,
            headers={**self._headers, "content-type": of},
            request_timeout=seconds,
            # 429 and 503 would be repeated three times without a pause.
            max_retries=0,
        )
        if not 200 <= meta.status < 300:
            raise ApiError(str(meta.status), meta, answer)
        if meta.headers.get("x-elastic-product") != "Elasticsearch":
            raise UnsupportedProductError("The server is no Elasticsearch.", meta, answer)
        return answer


@lru_cache
def _search_path(indices: tuple[str, ...]) -> str:
    return f"/{','.join(indices)}/_search?{_WHOLE}"


def _target(path: str, params: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(params)}" if params else path


def _connection() -> _Connection:
    """Return the client of the configured cluster; one per process and configuration."""
    url = settings.ELASTICSEARCH_URL
    if not url:
        raise SearchUnavailable("no server is configured")
    key = (url, settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_API_KEY)
    with _lock:
        if key not in _connections:
            elasticsearch = Elasticsearch(
                [host.strip() for host in url.split(",")],
                # Unset: the certificates that this machine trusts.
                **_given(ca_certs=settings.ELASTICSEARCH_CA_FILE),
                node_class=Urllib3HttpNode,
                serializers={"application/json": OrjsonSerializer()},
                http_compress=False,
                connections_per_node=16,
            )
            send = _Sender(elasticsearch, api_key=settings.ELASTICSEARCH_API_KEY)
            _connections[key] = _Connection(
                send,
                readers=Breaker(_prober(send, "POST", _PROBE_SEARCH)),
                writers=Breaker(_prober(send, "GET", "/")),
            )
        return _connections[key]


def _given(**options: str) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value}


# Proves what readers need, with no more rights than theirs: every shard of ours answers.
_PROBE_SEARCH = f"/{{prefix}}-*.v*/_search?{_WHOLE}"


def _prober(send: "_Sender", method: str, path: str) -> Callable[[], bool]:
    def probe() -> bool:
        target = path.format(prefix=settings.ELASTICSEARCH_INDEX_PREFIX)
        body = _NOTHING if method == "POST" else None
        try:
            send(method, target, body, seconds=PROBE_TIMEOUT)
        except (ApiError, TransportError):
            return False
        return True

    return probe


_NOTHING: Body = {"size": 0, "track_total_hits": False, "terminate_after": 1}


def _nothing() -> None:
    """Draw no conclusion from a failure."""


def _guarded(failed: Callable[[], None], send: Callable[[], Any]) -> Body:
    try:
        answer: Body = send()
    except UnsupportedProductError as error:
        failed()
        raise SearchUnavailable(str(error)) from error
    except ApiError as error:
        status = error.meta.status
        reason = _reason(error)
        if status == 404:
            raise SearchUnavailable(reason, is_missing=True) from error
        if status == 429 or status >= 500:
            failed()
            raise SearchUnavailable(reason) from error
        raise RequestRefused(reason) from error
    except TransportError as error:
        failed()
        raise SearchUnavailable(type(error).__name__) from error
    return answer


def _reason(error: ApiError) -> str:
    body = error.body
    details = body.get("error") if isinstance(body, Mapping) else None
    kind = details.get("type") if isinstance(details, Mapping) else None
    return f"{error.meta.status} {kind or error.message}"
