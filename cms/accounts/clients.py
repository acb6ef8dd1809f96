"""Where a request comes from."""

from collections.abc import Mapping
from typing import Any


def client_address(meta: Mapping[str, Any], *, proxies: int) -> str:
    """Return the network address a request comes from, behind `proxies` servers of our own.

    Each of them appends to X-Forwarded-For whom it was asked by. What stands before their entries
    is whatever the reader claims, and counts for nothing; without own proxies all of it is.
    """
    told = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    chain = [*filter(None, map(str.strip, told)), str(meta.get("REMOTE_ADDR", ""))]
    return chain[-1 - min(proxies, len(chain) - 1)]
