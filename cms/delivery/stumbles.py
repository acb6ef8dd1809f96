"""Requests over which the platform's admin stumbles: numbers no database holds, missing fields.

And those that came at the same instant as another one, which the database let go first.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# Its views read numbers, dates and addresses to return to as they come.
STUMBLES = (ValueError, OverflowError, RecursionError, DataError, NoReverseMatch, KeyError)
# PostgreSQL: deadlock, what could not be put in a row, what the form had found free (a name) and
# what it had found there. SQLite has one writer, and says it in words alone.
COLLISIONS = frozenset({"40P01", "40001", "23505", "23503"})
BITS = 63  # of a number in the database, without its sign


def is_too_big(arguments: Iterable[Any]) -> bool:
    """Return whether an address has a number that no row can have."""
    return any(isinstance(each, int) and each.bit_length() > BITS for each in arguments)


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return a 400 where `error` is the fault of what was asked; None where it is ours.

    Only for pages of the platform, and only when the request carried values; it is logged all the
    same, with the way to it.
    """
    match = request.resolver_match
    name = match.view_name if match else ""
    is_platform = not name or name.startswith("wagtail") or ":" in name
    has_body = request.headers.get("Content-Length", "0") not in ("", "0")
    has_values = bool(request.GET or has_body or (match and match.kwargs))
    if not isinstance(error, STUMBLES) or not (is_platform and has_values):
        return None
    logger.warning("request not understood", extra={"view": name}, exc_info=error)
    text = _(
        "Something in the address or in the form cannot be read. Please go back and try again."
    )
    return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")


def collision(request: HttpRequest, error: DatabaseError) -> HttpResponse | None:
    """Return a 409 where two wrote the same at one instant and this one lost; else None.

    Nothing of it was stored, and sending it again is safe.
    """
    has_lost = getattr(error.__cause__, "sqlstate", "") in COLLISIONS or "locked" in str(error)
    if not has_lost:
        return None
    logger.warning("two wrote the same", extra={"path": request.path}, exc_info=error)
    text = _(
        "Somebody else changed the same at this moment. Nothing of yours was stored: please go "
        "back and send it again."
    )
    return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
