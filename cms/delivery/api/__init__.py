"""The JSON API, version 1: explicit schemas, problem details, nothing by default."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from cms.delivery.api.hsds import router as hsds
from cms.delivery.api.regions import router as regions
from cms.delivery.api.releases import router as releases
from search.api import router as search
from search.problems import Problem, problem_response

api = NinjaAPI(
    title="Gesamtschau",
    version="1",
    description="News and offers of the alliance. Read only; everything in it is public.",
    urls_namespace="api",
    docs_url=None,  # the bundled viewer needs inline scripts; docs/api.md describes the API
)
api.add_router("", search)
api.add_router("", releases)
api.add_router("", regions)
api.add_router("", hsds)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer with the problem itself."""
    return problem_response(problem)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 400 naming the first parameter that could not be read."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    field = str(next(reversed(first.get("loc", ("request",)))))
    message = str(first.get("msg", "The value could not be read."))
    return problem_response(Problem(400, "Invalid parameter", f"{field}: {message}", field))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer 404 without saying whether there once was something."""
    return problem_response(Problem(404, "Not found", "There is nothing public at this address."))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework refused, as a problem."""
    return problem_response(Problem(error.status_code, "Refused", error.message))
