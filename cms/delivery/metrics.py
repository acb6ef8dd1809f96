"""How the search index is doing, as Prometheus reads it: numbers only, no word of any text."""

import hmac
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import client, selectors

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number at one moment."""

    name: str
    help: str
    value: float


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the bearer of METRICS_TOKEN; for everybody else there is nothing here (404)."""
    if not settings.METRICS_TOKEN or not _has_token(request):
        raise Http404
    try:
        content = text(gauges(now=timezone.now()))
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse(content, content_type=CONTENT_TYPE)


def gauges(*, now: datetime) -> Iterator[Gauge]:
    """Yield the state of search; an age is infinite when there was nothing yet."""
    lag, compared = selectors.lag(now), selectors.last_comparison()
    age = math.inf
    if compared.compared_at:
        age = max(0.0, (now - compared.compared_at).total_seconds())
    yield Gauge("lag_rows", "Documents on their way to the index.", lag.rows)
    yield Gauge("lag_seconds", "Age of the document that has waited longest.", lag.seconds)
    yield Gauge("parked_rows", "Documents that the index refused for good.", lag.parked)
    yield Gauge(
        "breaker_open",
        "1 while the process that answers takes Elasticsearch for dead.",
        client.is_open(),
    )
    yield Gauge("verify_age_seconds", "Time since the last complete search_verify.", age)
    yield Gauge("verify_differences", "Differences that search_verify found.", compared.differences)


def text(gauges: Iterator[Gauge]) -> str:
    """Return gauges in Prometheus' text format, version 0.0.4."""
    lines = []
    for gauge in gauges:
        name = f"gesamtschau_search_{gauge.name}"
        value = "+Inf" if math.isinf(gauge.value) else f"{float(gauge.value):.15g}"
        lines += [f"# HELP {name} {gauge.help}", f"# TYPE {name} gauge", f"{name} {value}"]
    return "\n".join(lines) + "\n"


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given, wanted = token.strip().encode(), settings.METRICS_TOKEN.encode()
    return scheme.lower() == "bearer" and hmac.compare_digest(given, wanted)
