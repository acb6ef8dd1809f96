"""Whatever happens to the server: readers get the database's answer in time, and it heals."""

import ssl
import subprocess
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from search import breaker, client, engines, healing, indexing, mappings, selectors
from search.indexing import ship
from search.verify import verify
from tests.search import faults, rules
from tests.search.conftest import drop_indices
from tests.search.rules import ids
from tests.search.world import document

pytestmark = pytest.mark.elasticsearch

FIRST, LATER = 1.5, 0.5  # seconds; the promise of the service


def find(**params):
    return rules.find("Sprachkurse", now=timezone.now(), page_size=50, **params)


def put(world, *items, **changes):
    """Publish by the real clock: whether the index is behind is measured by it."""
    yesterday = timezone.now() - timedelta(days=1)
    for item in items:
        doc = document(item, published_at=yesterday, **{"visible_from": yesterday, **changes})
        world.put(doc, now=timezone.now())
    return doc


@pytest.fixture
def proxy(elasticsearch_url, committed, settings, monkeypatch, until):
    """Stand between the site and a real server, with an index of four documents."""
    monkeypatch.setattr(breaker, "PROBE_INTERVAL", 0.1)
    monkeypatch.setattr(healing, "CHECK_INTERVAL", timedelta(seconds=0.2))
    monkeypatch.setattr(indexing, "MAX_BUSY_PAUSE", timedelta(seconds=1))
    proxy = faults.FaultProxy(elasticsearch_url)
    settings.ELASTICSEARCH_URL = proxy.url
    settings.ELASTICSEARCH_SHARDS = 2
    settings.ELASTICSEARCH_INDEX_PREFIX = f"faults-{proxy.url.rpartition(':')[2]}"
    yield proxy
    settings.ELASTICSEARCH_URL = elasticsearch_url
    drop_indices()
    proxy.close()


def is_whole():
    """Work as the worker does, again and again, and ask."""
    ship(now=timezone.now(), patience=0.1)
    result = find()
    return result.backend == "elasticsearch" and result


def timed():
    started = time.perf_counter()
    result = find()
    return result, time.perf_counter() - started


FAULTS = (
    faults.gone, faults.slow, faults.too_many, faults.nonsense, faults.shard_missing,
    faults.deleted_by_hand,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_readers_get_the_whole_answer_in_time_whatever_happens(proxy, world, until, fault):
    gone = put(world, "gone")
    put(world, "1", "2", "3")
    put(world, "later", visible_from=timezone.now() + timedelta(hours=1))
    until(is_whole)
    with fault(proxy):
        world.remove(gone, now=timezone.now())
        put(world, "4")
        first, seconds = timed()
        assert (first.backend, first.degraded) == ("database", True)
        assert sorted(ids(first)) == ["1", "2", "3", "4"]
        assert seconds < FIRST
        for _ in range(5):
            result, seconds = timed()
            assert (result.degraded, sorted(ids(result))) == (True, ["1", "2", "3", "4"])
            assert seconds < LATER
        ship(now=timezone.now(), patience=0.1)
    until(lambda: is_whole() and not selectors.dirty().exists())
    assert sorted(ids(find())) == ["1", "2", "3", "4"]
    assert list(verify()) == []


def test_index_that_takes_no_writes_is_asked_until_it_is_behind(proxy, world, until):
    """The flood stage of a full disk: search goes on, writing does not."""
    put(world, "1")
    # Shipped, too: a row that waits for longer than readers would makes the database answer.
    until(lambda: is_whole() and not selectors.dirty().exists())
    faults.block_writes(True)
    until(lambda: find().backend == "elasticsearch")
    put(world, "2")
    assert ship(now=timezone.now()).failed == 1
    late = timezone.now() + engines.MAX_WAIT + timedelta(seconds=1)
    result = rules.find("Sprachkurse", now=late)
    assert (result.backend, result.degraded, sorted(ids(result))) == ("database", True, ["1", "2"])
    faults.block_writes(None)
    until(lambda: is_whole() and len(ids(find())) == 2)
    assert list(verify()) == []


def test_row_is_not_given_up_because_the_server_was_full(proxy, world, until):
    until(is_whole)
    faults.block_writes(True)
    put(world, "1")
    now = timezone.now()
    for _ in range(2 * indexing.MAX_ATTEMPTS):
        now += indexing.MAX_BUSY_PAUSE * 2
        report = ship(now=now)
        assert (report.failed, report.parked) == (1, 0)
    faults.block_writes(None)
    assert ship(now=now + indexing.MAX_BUSY_PAUSE * 2).shipped == 1


def test_certificate_of_somebody_else_is_an_outage_not_a_way_in(
    elasticsearch_url, committed, world, settings, tmp_path
):
    ours, theirs = (certificate(tmp_path, name) for name in ("ours", "theirs"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*theirs)
    proxy = faults.FaultProxy(elasticsearch_url, tls=context)
    try:
        settings.ELASTICSEARCH_URL = proxy.url
        settings.ELASTICSEARCH_CA_FILE = str(ours[0])
        put(world, "1")
        result, seconds = timed()
        assert (result.backend, result.degraded, ids(result)) == ("database", True, ["1"])
        assert seconds < FIRST
        assert ship(now=timezone.now()).is_unavailable
        assert proxy.requests == 0
        settings.ELASTICSEARCH_CA_FILE = str(theirs[0])
        assert client.request("GET", "/")["version"]
    finally:
        proxy.close()


def certificate(folder, name):
    files = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1",
         "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return files


def test_index_with_an_older_mapping_is_replaced_unaided(proxy, world, until, monkeypatch):
    put(world, "1", "2")
    until(is_whole)
    monkeypatch.setattr(mappings, "VERSION", mappings.VERSION + 1)
    result, seconds = timed()
    assert (result.degraded, sorted(ids(result))) == (True, ["1", "2"])
    assert seconds < FIRST
    assert sorted(ids(until(is_whole))) == ["1", "2"]


def test_shard_that_never_comes_back_is_built_anew(proxy, world, until, monkeypatch):
    monkeypatch.setattr(healing, "RED_PATIENCE", timedelta(seconds=0.5))
    put(world, "1", "2", "3")
    until(is_whole)
    with faults.shard_missing(proxy):
        assert find().degraded
        assert sorted(ids(until(is_whole))) == ["1", "2", "3"]
