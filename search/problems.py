"""Problem details for HTTP APIs (RFC 9457): the one form in which the API refuses."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"


@dataclass
class Problem(Exception):
    """A request that cannot be answered, told to the client.

    `field` names the parameter at fault, if there is one. `detail` is shown to people.
    """

    status: int
    title: str
    detail: str
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.title}: {self.detail}"


def problem_response(problem: Problem) -> HttpResponse:
    """Return a problem as application/problem+json."""
    content: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.field is not None:
        content["field"] = problem.field
    return JsonResponse(content, status=problem.status, content_type=MEDIA_TYPE)
