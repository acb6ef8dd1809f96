"""The composition root: the only place that names every app."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from cms.delivery import crawlers, health, media, metrics
from cms.delivery.api import api
from newsroom.releases.feeds import NewsFeed
from search.views import search_page

urlpatterns = [
    path("admin/", include("cms.delivery.stock")),
    path("admin/", include(admin_urls)),
    path("api/v1/", api.urls),
    path("media/<path:name>", media.serve, name="media"),
    path("vorab/", include("newsroom.embargo.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.index, name="sitemap"),
    re_path(r"^sitemap-(?P<part>[0-9a-f])\.xml$", crawlers.pages, name="sitemap_part"),
    path("sitemap-regions.xml", crawlers.regions, name="sitemap_regions"),
    *i18n_patterns(
        path("region/", include("newsroom.regions.urls")),
        path("suche/", search_page, name="search"),
        path(
            "search/",
            RedirectView.as_view(pattern_name="search", query_string=True),
            name="search_en",
        ),
        path("angebote/", include("newsroom.offers.urls")),
        path("feed/", NewsFeed(), name="news_feed"),
        re_path(serve_pattern, serve_page, name="wagtail_serve"),
    ),
]
