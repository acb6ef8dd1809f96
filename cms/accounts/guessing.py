"""Wrong passwords: whose they are, and what is answered when there were too many.

django-axes counts them and asks here (AXES_* in cms.settings.base). They are counted by account and
address together: whoever guesses is stopped, and the account's owner can still sign in elsewhere.
"""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.accounts.clients import client_address


def address(request: HttpRequest) -> str | None:
    """Return the network address of whoever signs in; None where a proxy tells none."""
    found = client_address(request.META, proxies=settings.TRUSTED_PROXIES)
    try:
        return str(ip_address(found))
    except ValueError:
        return None


def nobody(*_told: Any) -> str:
    """Return how the log calls whoever signs in: by no name and no address."""
    return "somebody"


def refused(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Return the answer to somebody who has to wait before the next password."""
    pause = settings.AXES_COOLOFF_TIME
    context = {"minutes": int(pause.total_seconds() // 60)}
    answer = render(request, "cms/too_many_passwords.html", context, status=429)
    answer.headers["Retry-After"] = str(int(pause.total_seconds()))
    return answer
