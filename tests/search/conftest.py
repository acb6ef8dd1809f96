"""Fixtures of search: a world of its own in place of the newsroom."""

import pytest
from django.db import connection

from search import registry
from search.models import IndexBuild, SearchDocument
from tests.search.world import FakePlaces, World


@pytest.fixture(autouse=True)
def world(monkeypatch):
    """Register a small world; what the newsroom registered comes back afterwards."""
    world = World()
    monkeypatch.setattr(registry, "_kinds", {kind.name: kind for kind in world.kinds()})
    monkeypatch.setattr(registry, "_facets", {"topic": world.facet()})
    monkeypatch.setattr(registry, "_places", [FakePlaces()])
    return world


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Give real transactions that commit, and leave the tables of search empty.

    `django_db(transaction=True)` would flush Wagtail's root and locales for everybody after.
    """
    with django_db_blocker.unblock():
        yield
        SearchDocument.objects.all().delete()
        IndexBuild.objects.all().delete()
        connection.close()
