"""What every answer passes: language, headers, and the transaction of the admin."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.delivery import stumbles
from cms.pages.gate import forget_refusals, refusal
from cms.pages.reach import is_number
from cms.pages.turns import take_turns
from search.problems import MEDIA_TYPE, Problem, problem_response

ADMIN = "/admin/"
# What addresses call the page that is written on, and the one below which one is added or moved.
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
SEVERAL_PAGES = "/admin/bulk/wagtailcore/page/"  # and ?id=1&id=2
# Addresses without a language of their own. Django would answer their 404 by a redirect to
# /de/…, because the page tree catches everything under a language prefix.
PROBES = ("/healthz", "/readyz", "/metrics")
UNPREFIXED = (
    *(ADMIN, "/api/", "/media/", "/vorab/", "/static/"),
    *(*PROBES, "/robots.txt", "/sitemap"),
)

PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
# The page editor carries inline scripts and styles without nonce; still no foreign host.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)

Answer = Callable[[HttpRequest], HttpResponse]


class PublicLocaleMiddleware(LocaleMiddleware):
    """Sets the language from the address; leaves addresses without one alone."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the request; the source language for API and files."""
        if request.path_info.startswith(UNPREFIXED) and not request.path_info.startswith(ADMIN):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Redirect a 404 to the reader's language, except where addresses have none."""
        if request.path_info.startswith(UNPREFIXED):
            return response
        return super().process_response(request, response)


class ProbedCommonMiddleware(CommonMiddleware):
    """Refuses foreign host names, except where machines look at this process by its number.

    What probes are answered says nothing of the host that was asked.
    """

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        """Leave probes alone."""
        return None if request.path_info in PROBES else super().process_request(request)


class HeadMiddleware:
    """Answers HEAD on the API like GET; the server sends the headers alone.

    The API's routes know GET only; HTTP wants both wherever there is one.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask for the same as GET and drop the content."""
        if request.method != "HEAD" or not request.path_info.startswith("/api/"):
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response


class ProblemMiddleware:
    """Answers every refusal of the API as a problem, also those that no route of it makes."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put a problem in the place of an error page; status and `Allow` stay."""
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or kind == MEDIA_TYPE
            or not request.path_info.startswith("/api/")
        ):
            return response
        status = HTTPStatus(response.status_code)
        problem = problem_response(Problem(status, status.phrase, status.description))
        if "Allow" in response.headers:
            problem.headers["Allow"] = response.headers["Allow"]
        return problem


class PublicHeadersMiddleware:
    """Adds the security headers, and keeps caches from deciding what is still public."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with headers."""
        response = self.get_response(request)
        is_admin = request.path_info.startswith(ADMIN)
        response.headers.setdefault(
            "Content-Security-Policy", ADMIN_POLICY if is_admin else PUBLIC_POLICY
        )
        response.headers.setdefault("Permissions-Policy", "interest-cohort=()")
        if not is_admin and not request.path_info.startswith("/static/"):
            # What is public can end at any second: a cache asks before each use.
            response.headers.setdefault("Cache-Control", "no-cache")
        if request.path_info.startswith("/api/"):
            # Pages of other sites may read what everybody may; never with a reader's cookies.
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
        return response


class AtomicAdminMiddleware:
    """Wraps each unsafe request to the admin in one transaction.

    Publishing is not atomic with its follow-ups in Wagtail: when one fails, the page stays live
    without them. ATOMIC_REQUESTS would do, but it would also make every public GET take SQLite's
    write lock.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done in process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> Any:
        """Run the view inside a transaction; an exception or a refusal rolls everything back.

        Deleting what others refer to is no accident but a question with an answer. A number that
        no database holds names nothing.
        """
        if request.path_info.startswith(ADMIN) and stumbles.is_too_big(kwargs.values()):
            raise Http404
        if request.method in ("GET", "HEAD", "OPTIONS") or not request.path_info.startswith(ADMIN):
            return None
        forget_refusals()
        try:
            with transaction.atomic():
                take_turns(_written(request, kwargs))
                response = view(request, *args, **kwargs)
                if reason := refusal():
                    transaction.set_rollback(True)
                    return _explained(request, response, reason)
                return response
        except ProtectedError:
            messages.error(request, _("Other pages need this: it was not deleted."))
            return redirect("wagtailadmin_home")
        except (OperationalError, IntegrityError) as error:
            if (lost := stumbles.collision(request, error)) is None:
                raise
            return lost
        except stumbles.STUMBLES as error:
            if (answer := stumbles.answer(request, error)) is None:
                raise
            return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 400 where the platform stumbles over what was asked."""
        if not request.path_info.startswith(ADMIN):
            return None
        return stumbles.answer(request, error)


def _written(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """Return the ids of the pages that a request may write on, or add one below.

    Wagtail reads a page, asks who may write, and stores every column of it: a browser that saves
    while its text is being submitted would put the page back to what it was before. And of two
    that add a page below the same one both would find its name free.
    """
    if request.path_info.endswith("/preview/"):  # sent all the time; it writes on the session
        return []
    several = request.GET.getlist("id") if request.path_info.startswith(SEVERAL_PAGES) else []
    chosen = [int(each) for each in several if is_number(each)]
    return [*(kwargs[name] for name in PAGES if name in kwargs), *chosen]


def _explained(request: HttpRequest, response: HttpResponseBase, reason: str) -> HttpResponseBase:
    """Return the answer to what was refused: the admin's "no access" becomes the reason.

    Who edits a page is led back to it: there is what has changed meanwhile.
    """
    home = reverse("wagtailadmin_home")
    if getattr(response, "url", None) != home:
        return response
    list(messages.get_messages(request))  # read, they are not shown again
    messages.error(request, reason)
    match = request.resolver_match
    is_editor = match is not None and match.view_name == "wagtailadmin_pages:edit"
    return redirect(request.path if is_editor else home)
