"""The composition root: the only place that names every app."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from cms.delivery import health, media, metrics
from cms.delivery.api import api
from search.views import search_page


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what is not for reading."""
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /api/", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


urlpatterns = [
    path("admin/", include("cms.delivery.stock")),
    path("admin/", include(admin_urls)),
    path("api/v1/", api.urls),
    path("media/<path:name>", media.serve, name="media"),
    path("vorab/", include("newsroom.embargo.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    *i18n_patterns(
        path("region/", include("newsroom.regions.urls")),
        path("suche/", search_page, name="search"),
        path(
            "search/",
            RedirectView.as_view(pattern_name="search", query_string=True),
            name="search_en",
        ),
        path("angebote/", include("newsroom.offers.urls")),
        re_path(serve_pattern, serve_page, name="wagtail_serve"),
    ),
]
