"""A real server stops in the middle and comes back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from search import breaker, client
from search.indexing import ship
from search.verify import verify
from tests.search import rules
from tests.search.conftest import drop_indices
from tests.search.rules import ids
from tests.search.world import document
from tools.elasticsearch import ElasticsearchServer

pytestmark = pytest.mark.elasticsearch


def find(q, **params):
    return rules.find(q, now=timezone.now(), **params)


def publish(world, item="1", **changes):
    """Publish by the real clock: whether the index is behind is measured by it."""
    yesterday = timezone.now() - timedelta(days=1)
    doc = document(item, published_at=yesterday, visible_from=yesterday, **changes)
    world.put(doc, now=timezone.now())
    return doc


@pytest.fixture(scope="module")
def own_server(elasticsearch_server):
    """Run a server that nobody else needs, so that it may stop."""
    with ElasticsearchServer() as server:
        yield server


@pytest.fixture
def server(own_server, committed, settings, monkeypatch, until):
    monkeypatch.setattr(breaker, "PROBE_INTERVAL", 0.1)
    settings.ELASTICSEARCH_URL = own_server.url
    settings.ELASTICSEARCH_INDEX_PREFIX = "outage"
    until(client.is_alive)  # the breaker may remember the outage of the test before
    yield own_server
    own_server.start()
    drop_indices()


def is_answered_by_the_index():
    """Work as the worker does, again and again: a cold server may miss its first second."""
    ship(now=timezone.now())
    return find("Sprachkurse").backend == "elasticsearch"


class Reader:
    """Somebody who searches all the time, in a thread of their own."""

    def __enter__(self):
        self.totals, self.errors, self._done = [], [], threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        self._thread.join()

    def _read(self):
        try:
            while not self._done.is_set():
                self.totals.append(find("Sprachkurse").total)
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()


def test_everything_missed_during_an_outage_is_found_afterwards(server, world, until):
    retracted = publish(world, "old")
    until(is_answered_by_the_index)
    server.stop()
    for number in range(20):
        publish(world, str(number))
        ship(now=timezone.now())
    world.remove(retracted, now=timezone.now())
    down = find("Sprachkurse", page_size=50)
    assert (down.backend, down.degraded, down.total) == ("database", True, 20)
    with Reader() as reader:
        server.start()

        def is_back():
            ship(now=timezone.now())
            return not find("Sprachkurse").degraded

        until(is_back)
    assert reader.errors == []
    assert set(reader.totals) == {20}  # never empty, never with what was retracted
    back = find("Sprachkurse", page_size=50)
    assert (back.backend, back.total) == ("elasticsearch", 20)
    assert sorted(ids(back)) == sorted(map(str, range(20)))
    assert list(verify()) == []


@pytest.fixture
def waits(monkeypatch):
    """Return how long (seconds) each request of this thread was ready to wait, as they are sent."""
    reader, asked, send = threading.current_thread(), [], client._Sender.__call__

    def note(self, *args, seconds, **options):
        if threading.current_thread() is reader:  # probes have a thread of their own
            asked.append(seconds)
        return send(self, *args, seconds=seconds, **options)

    monkeypatch.setattr(client._Sender, "__call__", note)
    return asked


def test_silent_server_costs_one_timeout_and_then_nothing(server, world, until, waits):
    publish(world)
    until(is_answered_by_the_index)
    server.pause()
    waits.clear()
    try:
        assert find("Sprachkurse").degraded
        assert len(waits) == 1
        assert waits[0] <= client.QUERY_BUDGET
        for _ in range(10):
            assert find("Sprachkurse").degraded
        assert len(waits) == 1
    finally:
        server.resume()
    until(is_answered_by_the_index)


def test_empty_new_server_is_filled_without_anyones_help(server, world, until):
    for number in range(3):
        publish(world, str(number))
    until(is_answered_by_the_index)
    drop_indices()
    until(lambda: is_answered_by_the_index() and find("Sprachkurse").total == 3)
