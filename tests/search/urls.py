"""Search alone, as the site mounts it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from ninja import NinjaAPI

from search.api import router
from search.views import search_page

api = NinjaAPI(urls_namespace="search-alone")
api.add_router("", router)

urlpatterns = [path("api/v1/", api.urls), *i18n_patterns(path("suche/", search_page))]
