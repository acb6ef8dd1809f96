"""Addresses below /<language>/region/."""

from django.urls import path

from newsroom.regions.feeds import RegionFeed
from newsroom.regions.views import region_index, region_page

urlpatterns = [
    path("", region_index, name="region_index"),
    path("<str:key>/", region_page, name="region_key"),
    path("<str:key>/<slug:slug>/", region_page, name="region"),
    path("<str:key>/<slug:slug>/feed/", RegionFeed(), name="region_feed"),
]
