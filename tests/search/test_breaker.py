import threading
import time

import pytest

from search import client
from search.breaker import PROBE_INTERVAL, Breaker


class Server:
    def __init__(self):
        self.alive = False
        self.probes = 0
        self.probed = threading.Event()

    def __call__(self):
        self.probes += 1
        self.probed.set()
        return self.alive


@pytest.fixture
def clock():
    now = [0.0]

    def read():
        return now[0]

    read.forward = lambda seconds: now.__setitem__(0, now[0] + seconds)
    return read


def test_closed_breaker_never_probes(clock):
    server = Server()
    breaker = Breaker(server, clock=clock)
    assert all(breaker.allows() for _ in range(3))
    assert server.probes == 0


def test_open_breaker_asks_nobody_to_wait_and_probes_once_an_interval(clock, until):
    server = Server()
    breaker = Breaker(server, clock=clock)
    breaker.failed()
    assert not any(breaker.allows() for _ in range(5))
    assert server.probes == 0
    for count in (1, 2):
        clock.forward(PROBE_INTERVAL)
        server.probed.clear()
        assert not any(breaker.allows() for _ in range(5))
        assert server.probed.wait(5)
        until(lambda: not breaker._is_probing)
        assert server.probes == count
    assert breaker.is_open


def test_breaker_closes_only_by_a_successful_probe(clock, until):
    server = Server()
    breaker = Breaker(server, clock=clock)
    breaker.failed()
    server.alive = True
    clock.forward(PROBE_INTERVAL)
    assert not breaker.allows()
    until(lambda: not breaker.is_open)
    assert breaker.allows()


def test_failure_of_an_extra_request_keeps_no_reader_away(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:7"  # nobody listens there
    for is_extra in (True, False):
        with pytest.raises(client.SearchUnavailable):
            client.search(["x"], {}, deadline=time.monotonic() + 1, is_extra=is_extra)
        assert client.is_open() is not is_extra
