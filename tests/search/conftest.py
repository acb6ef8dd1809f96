"""Fixtures of search: a world of its own in place of the newsroom."""

import os
import uuid

import pytest
from django.db import connection

from search import client, mappings, registry
from search.models import Comparison, IndexBuild, Meaning, SearchDocument, Word
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
def transactional_db(django_db_setup, django_db_blocker):
    """Give real transactions that commit, and leave the tables of search empty.

    Stands in for pytest-django's fixture of this name, which would flush Wagtail's root and
    locales for everybody after. (The name makes pytest-django set up the database.)
    """
    with django_db_blocker.unblock():
        yield
        SearchDocument.objects.all().delete()
        Meaning.objects.all().delete()
        IndexBuild.objects.all().delete()
        Comparison.objects.all().delete()
        Word.objects.all().delete()
        connection.close()


@pytest.fixture
def committed(transactional_db):
    """Commit for real: see transactional_db."""


@pytest.fixture
def elasticsearch_url(elasticsearch_server):
    """Return the address of a real server: ELASTICSEARCH_URL, else the session's own."""
    return elasticsearch_server.url if elasticsearch_server else os.environ["ELASTICSEARCH_URL"]


@pytest.fixture
def index(elasticsearch_url, committed, settings, monkeypatch):
    """Answer from a real server, under a prefix of its own.

    Readers wait a second for it, tests of what it answers longer: a cold server on a busy machine.
    """
    monkeypatch.setattr(client, "QUERY_BUDGET", 10.0)
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    yield elasticsearch_url
    drop_indices()


def drop_indices():
    """Delete all indices of the current prefix."""
    found = client.request("GET", f"/_cat/indices/{mappings.family('*')}", format="json", h="index")
    for entry in found:
        client.request("DELETE", f"/{entry['index']}")
