"""Worker and rebuild are killed again and again while everything changes; nothing is lost.

PROVE_SEARCH=full (`make prove-search`) takes 2,000 documents and 20 kills. A failure prints the
number that all chance was drawn from; PROVE_SEED with that number draws the same again.
"""

import os
import random
import secrets
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from search import selectors
from search.models import IndexBuild
from search.verify import verify
from tests.search import rules
from tests.search.processes import Processes, kill
from tests.search.rules import ids
from tests.search.test_outage import publish

pytestmark = pytest.mark.elasticsearch

IS_FULL = os.environ.get("PROVE_SEARCH") == "full"
DOCUMENTS = 2_000 if IS_FULL else 120
KILLS = 20 if IS_FULL else 4
SEED = int(os.environ.get("PROVE_SEED") or secrets.randbelow(10**9))
CALM = 3  # every third document is never taken back


def find(**params):
    return rules.find("Sprachkurse", now=timezone.now(), **params)


class Reader:
    """Searches all the time: never nothing, never what was taken back before the question."""

    def __init__(self, retracted):
        self.asked, self.least, self.returned, self.errors = 0, DOCUMENTS, set(), []
        self._retracted = retracted
        self._random = random.Random(f"reader {SEED}")
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        self._thread.join()

    def _read(self):
        try:
            while not self._done.is_set():
                before = dict(self._retracted)
                result = find(page_size=50, sort="date", page=self._random.randint(1, 2))
                after = dict(self._retracted)
                # What was public for a moment in between was taken back anew.
                self.returned |= set(ids(result)) & dict(before.items() & after.items()).keys()
                self.least = min(self.least, result.total)
                self.asked += 1
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()


class Killer:
    """Kills the worker or a rebuild, and starts it again, until it is told to stop."""

    def __init__(self, processes):
        self.kills = 0
        self._processes = processes
        self._random = random.Random(f"killer {SEED}")
        self._commands = {"worker": ("worker",), "rebuild": ("search_rebuild", "--language=de")}
        self._running = {}

    def run(self):
        while self.kills < KILLS:
            for name, command in self._commands.items():
                if name not in self._running or self._running[name].poll() is not None:
                    self._running[name] = self._processes.start(*command)
            victim = self._random.choice(list(self._running))
            # From the first imports to the middle of the work.
            time.sleep(self._random.uniform(0.5, 6))
            self.kills += kill(self._running[victim])
        for process in self._running.values():
            kill(process)


def change(world, retracted, until_done):
    """Change, take back and bring back documents at random until the killing is over."""
    count, chance = 0, random.Random(f"changes {SEED}")
    while count < DOCUMENTS or not until_done():
        item = str(chance.randrange(DOCUMENTS))
        count += 1
        if int(item) % CALM and item not in retracted and chance.random() < 0.3:
            (doc,) = world.public["release"][item]
            world.remove(doc, now=timezone.now())
            retracted[item] = count
        else:
            retracted.pop(item, None)
            publish(world, item, title=f"Sprachkurse, Fassung {count}")
    return count


def test_kills_lose_nothing_empty_nothing_and_bring_nothing_back(index, world, tmp_path, until):
    print(f"PROVE_SEED={SEED}")
    processes = Processes(tmp_path)
    retracted = {}  # items, and which change took them back
    try:
        for number in range(DOCUMENTS):
            publish(world, str(number))
        first = processes.start("worker")
        until(lambda: find().backend == "elasticsearch", seconds=120)
        kill(first)
        killer = Killer(processes)
        thread = threading.Thread(target=killer.run)
        with Reader(retracted) as reader:
            thread.start()
            change(world, retracted, lambda: not thread.is_alive())
            thread.join()
        processes.start("worker")
        until(
            lambda: not selectors.dirty().exists() and not IndexBuild.objects.exists(), seconds=180
        )
        assert list(verify()) == []
        assert reader.errors == []
        assert reader.asked > 10
        assert reader.returned == set()
        assert reader.least >= DOCUMENTS // CALM
        assert killer.kills == KILLS
        assert find().total == DOCUMENTS - len(retracted)
    finally:
        processes.end()
