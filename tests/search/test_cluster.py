"""Three nodes, one of which dies under load: readers notice nothing, no update is lost."""

import os
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from search import breaker, client, families, selectors
from search.indexing import ship
from search.verify import verify
from tests.search import rules
from tests.search.cluster import cluster
from tests.search.test_outage import publish

pytestmark = [
    pytest.mark.elasticsearch,
    # Beside the suite's own server and browser, three more do not start on a small machine.
    pytest.mark.skipif(
        os.environ.get("PROVE_SEARCH") != "full", reason="three servers: make prove-search"
    ),
]

READERS = 4
DOCUMENTS = 30


def find():
    return rules.find("Sprachkurse", now=timezone.now(), page_size=50)


@pytest.fixture(scope="module")
def nodes():
    with cluster(3, heap="256m") as servers:
        yield servers


@pytest.fixture
def three(nodes, committed, settings, monkeypatch, until):
    monkeypatch.setattr(breaker, "PROBE_INTERVAL", 0.1)
    settings.ELASTICSEARCH_URL = ",".join(node.url for node in nodes)
    settings.ELASTICSEARCH_INDEX_PREFIX = "cluster"
    settings.ELASTICSEARCH_REPLICAS = 1
    yield nodes
    for node in nodes:
        node.start()


class Load:
    """Readers and a worker, all the time, each in a thread of its own."""

    def __init__(self):
        self.answers, self.errors = [], []
        self._done = threading.Event()
        work = [self._read] * READERS + [self._ship]
        self._threads = [threading.Thread(target=self._run, args=(task,)) for task in work]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _run(self, task):
        try:
            while not self._done.is_set():
                task()
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()

    def _read(self):
        started = time.perf_counter()
        result = find()
        self.answers.append((result.total, result.backend, time.perf_counter() - started))

    def _ship(self):
        if not ship(now=timezone.now(), patience=1).shipped:
            self._done.wait(0.1)


def node_of_the_primary(nodes):
    shards = client.request(
        "GET", f"/_cat/shards/{families.serving('de')}", format="json", h="prirep,node"
    )
    name = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    return nodes[int(name.rpartition("-")[2]) - 1]


def test_node_killed_under_load_fails_no_reader_and_loses_no_update(three, world, until):
    for number in range(DOCUMENTS):
        publish(world, str(number))
    until(lambda: ship(now=timezone.now()).rebuilt, seconds=120)
    until(lambda: ship(now=timezone.now()) and find().backend == "elasticsearch")
    client.request("GET", f"/_cluster/health/{families.serving('de')}", wait_for_status="green")
    victim = node_of_the_primary(three)
    with Load() as load:
        until(lambda: len(load.answers) > 2 * READERS)
        victim.kill()
        for number in range(DOCUMENTS):
            publish(world, str(number), title=f"Sprachkurse, Fassung {number}")
        until(lambda: not selectors.dirty().exists(), seconds=90)
        after = len(load.answers)
        until(lambda: len(load.answers) > after + 2 * READERS)
        assert load.answers[-1][1] == "elasticsearch"
    assert load.errors == []
    assert {total for total, _, _ in load.answers} == {DOCUMENTS}
    assert list(verify()) == []
    assert find().backend == "elasticsearch"
