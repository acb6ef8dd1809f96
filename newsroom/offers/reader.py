"""Telling readers apart without knowing them, so that nobody floods others with hints."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from cms.accounts.clients import client_address

HOME = 64  # bits of an IPv6 address that a household keeps; the rest it changes as it likes


def sender(meta: Mapping[str, Any], *, proxies: int, secret: str, now: datetime) -> str:
    """Return 32 characters that are the same for one reader on one day (UTC) and lead nowhere.

    `meta` are the request's, `proxies` as in client_address.
    """
    text = f"{now:%Y-%m-%d} {_household(client_address(meta, proxies=proxies))}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _household(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    return str(ip_network((known, HOME), strict=False))
