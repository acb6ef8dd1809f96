"""A proxy in front of a real Elasticsearch that makes happen what goes wrong in life."""

import http.client
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from search import client, families, mappings

# What Elasticsearch answers when its queues are full.
TOO_MANY = (
    429,
    b'{"error":{"type":"es_rejected_execution_exception","reason":"queue full"},"status":429}',
)


class FaultProxy:
    """Passes requests on, unless told otherwise; stays at one address all its life."""

    def __init__(self, target: str, *, tls: ssl.SSLContext | None = None) -> None:
        self.delay = 0.0  # seconds before each answer
        self.answer: tuple[int, bytes] | None = None  # instead of the server's
        self.requests = 0
        self._target = urlsplit(target)
        self._tls = tls
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self._sockets: set[socket.socket] = set()
        self.open()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listen again."""
        proxy = self

        class Handler(_Handler):
            def setup(self):
                super().setup()
                proxy._sockets.add(self.connection)

            def forward(self, body):
                return proxy._forward(self, body)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request, client_address):
                """Say nothing: readers went away, that is the point."""

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_port
        if self._tls:
            self._server.socket = self._tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Be gone: refuse connections, break the open ones."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        for connection in list(self._sockets):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._sockets.clear()

    def _forward(self, handler, body) -> tuple[int, list[tuple[str, str]], bytes]:
        self.requests += 1
        if self.delay:
            time.sleep(self.delay)
        if self.answer:
            status, content = self.answer
            headers = [("content-type", "application/json"), ("x-elastic-product", "Elasticsearch")]
            return status, headers, content
        target = http.client.HTTPConnection(self._target.hostname, self._target.port, timeout=60)
        try:
            headers = {k: v for k, v in handler.headers.items() if k.lower() != "host"}
            target.request(handler.command, handler.path, body, headers)
            answer = target.getresponse()
            content = answer.read()
            return answer.status, answer.getheaders(), content
        finally:
            target.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        status, headers, content = self.forward(body)
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass

    def log_message(self, *args):
        """Say nothing."""


# Faults. Each is a context: the fault, then what ends it.


@contextmanager
def gone(proxy):
    proxy.close()
    yield
    proxy.open()


@contextmanager
def slow(proxy):
    proxy.delay = 2.0
    yield
    proxy.delay = 0.0


@contextmanager
def too_many(proxy):
    proxy.answer = TOO_MANY
    yield
    proxy.answer = None


@contextmanager
def nonsense(proxy):
    """Somebody else's server answers at this address."""
    proxy.answer = (200, b"<html>It works!</html>")
    yield
    proxy.answer = None


@contextmanager
def shard_missing(proxy):
    """The index that serves has a shard without any copy: the cluster is red.

    Made by an index that no node may hold. (A primary that is only cancelled comes back by itself
    within a second, because its data is still there.)
    """
    index = families.serving("de")
    lost = f"{index}0"
    body = mappings.index_body("de")
    body["settings"]["index"] |= {"routing.allocation.require._name": "nowhere"}
    client.request("PUT", f"/{lost}", body, wait_for_active_shards="0")
    families.swap("de", lost)
    assert lost in families.red_indices()
    yield
    if families.serving("de") == lost:
        families.swap("de", index)
    client.request("DELETE", f"/{lost}", ignore_unavailable="true")


@contextmanager
def deleted_by_hand(proxy):
    client.request("DELETE", f"/{families.serving('de')}")
    yield


def block_writes(how: bool | None) -> None:
    """Do to all indices what Elasticsearch does when the disk reaches the flood stage."""
    for index in families.live_indices().values():
        setting = {"index.blocks.read_only_allow_delete": how}
        client.request("PUT", f"/{index}/_settings", setting)
