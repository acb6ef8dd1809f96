"""The links of a text, and whether they still lead somewhere.

Somebody who writes a text chooses the addresses that the server asks. So only https on its usual
port is asked, only public addresses, the one that was checked and not one that the name answers
a moment later, and no redirect is followed.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.IGNORECASE)
TIMEOUT = 3.0  # seconds for one link
PATIENCE = 15.0  # seconds for all of them
MAX_LINKS = 20
DEAD = (404, 410)
PORT = 443


class NotAskedError(ValueError):
    """The address is none that this server asks."""


def addresses(body: Any) -> list[str]:
    """Return the addresses on other sites that a body links to, each once, in reading order."""
    found: dict[str, None] = {}
    for block in body:
        if block.block_type == "paragraph":
            for address in map(unescape, HREF.findall(block.value.source)):
                if address.startswith(("http://", "https://")):
                    found[address] = None
        elif block.block_type == "video" and block.value.get("url"):
            found[str(block.value["url"])] = None
    return list(found)


def dead(links: Iterable[str]) -> list[str]:
    """Return those of `links` that answer that there is nothing, or do not answer at all.

    Goes out to other hosts: never call it in a transaction. What is not asked (no https, an
    address inside a private network) and what lies behind the limits counts as alive.
    """
    deadline = time.monotonic() + PATIENCE
    found = []
    for link in list(links)[:MAX_LINKS]:
        if time.monotonic() > deadline:
            break
        try:
            if status(link) in DEAD:
                found.append(link)
        except NotAskedError:
            continue
        except (OSError, http.client.HTTPException):
            found.append(link)
    return found


def status(link: str) -> int:
    """Return the HTTP status with which `link` answers.

    Raises NotAskedError for an address that is not asked, OSError when nobody answers.
    """
    host, target = _target(link)
    connection = _PinnedConnection(host, public_address(host), timeout=TIMEOUT)
    try:
        connection.request("HEAD", target, headers={"User-Agent": "Gesamtschau link check"})
        return connection.getresponse().status
    finally:
        connection.close()


def public_address(host: str) -> str:
    """Return an IP address of `host`. Raises NotAskedError when any of them is not public."""
    try:
        answers = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise NotAskedError(host) from error
    found = [str(answer[4][0]) for answer in answers]
    if not found or not all(map(_is_public, found)):
        raise NotAskedError(host)
    return found[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%")[0])
    # Addresses that carry another one inside (IPv4 in IPv6, translation prefixes).
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if inner is not None and not inner.is_global:
        return False
    return parsed.is_global and not parsed.is_multicast and parsed not in _TRANSLATED


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def _target(link: str) -> tuple[str, str]:
    try:
        parts = urlsplit(link)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise NotAskedError(link) from error
    if parts.scheme != "https" or not host or port not in (None, PORT) or parts.username:
        raise NotAskedError(link)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii() or not target.isprintable() or " " in target:
        raise NotAskedError(link)
    return host, target


class _PinnedConnection(http.client.HTTPSConnection):
    """Speaks to one IP address in the name of a host, so that the name cannot change meanwhile."""

    def __init__(self, host: str, address: str, *, timeout: float) -> None:
        self._address = address
        self._tls = ssl.create_default_context()
        super().__init__(host, PORT, timeout=timeout, context=self._tls)

    def connect(self) -> None:
        """Connect to the checked address; the certificate must be the host's."""
        plain = socket.create_connection((self._address, PORT), timeout=self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
