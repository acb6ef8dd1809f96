"""TLS with a private authority, API keys, and no more rights than needed."""

import pytest
from django.utils import timezone

from search import client, rebuild
from search.indexing import ship
from search.verify import repair, verify
from tests.search.cluster import INDEX_ROLE, SEARCH_ROLE, cluster, make_key
from tests.search.rules import find, ids
from tests.search.world import document

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def server():
    with cluster(1, is_secured=True) as (server,):
        yield server


@pytest.fixture
def keys(server, committed, settings):
    """Leave the address without any right; return the keys of the two roles."""
    settings.ELASTICSEARCH_INDEX_PREFIX = "keys"
    settings.ELASTICSEARCH_CA_FILE = str(server.authority.certificate)
    settings.ELASTICSEARCH_URL = server.login_url
    found = {
        "search": make_key(SEARCH_ROLE, "keys"),
        "index": make_key(INDEX_ROLE, "keys"),
    }
    settings.ELASTICSEARCH_URL = server.url
    return found


def test_two_keys_with_few_rights_do_all_the_work_over_tls(server, keys, world, settings, until):
    doc = document("gone")
    settings.ELASTICSEARCH_API_KEY = keys["index"]
    world.put(document("1"))
    world.put(doc)
    until(lambda: ship(now=timezone.now()).shipped)
    world.remove(doc)
    ship(now=timezone.now())
    rebuild.rebuild("de", now=timezone.now())
    rebuild.roll_back("de", now=timezone.now())
    assert repair(clock=timezone.now) == 0
    assert list(verify()) == []

    settings.ELASTICSEARCH_API_KEY = keys["search"]
    until(lambda: find("Sprachkurse").backend == "elasticsearch")  # a new key, a new connection
    assert ids(find("Sprachkurse")) == ["1"]
    # Whoever holds the readers' key changes nothing.
    for method, path in (("DELETE", "/keys-de"), ("POST", "/keys-de/_delete_by_query")):
        with pytest.raises(client.RequestRefused, match="403"):
            client.request(method, path, {"query": {"match_all": {}}} if method == "POST" else None)
    with pytest.raises(client.RequestRefused, match="403"):
        client.request("PUT", "/other")


def test_key_for_our_indices_reaches_no_others(keys, settings):
    settings.ELASTICSEARCH_API_KEY = keys["index"]
    with pytest.raises(client.RequestRefused, match="403"):
        client.request("PUT", "/other")


def test_probe_needs_no_more_rights_than_readers_have(keys, settings, until):
    settings.ELASTICSEARCH_API_KEY = keys["search"]
    breaker = client._connection().readers
    breaker.failed()
    until(lambda: client._connection().readers.allows())


@pytest.mark.parametrize("key", ["", "bm90OmEta2V5"])
def test_without_a_key_the_database_answers(keys, committed, world, settings, key):
    settings.ELASTICSEARCH_API_KEY = key
    world.put(document("1"))
    result = find("Sprachkurse")
    assert (ids(result), result.backend, result.degraded) == (["1"], "database", True)
