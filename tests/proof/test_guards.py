"""Each guard is switched off once, and the proof must notice: else it would prove nothing."""

import os
from contextlib import ExitStack
from pathlib import Path
from random import Random
from unittest import mock

import pytest
import time_machine
from django.db import IntegrityError

from newsroom.approval import visibility
from tests.conftest import NOW
from tests.proof.attacks import LeakedFileError
from tests.proof.crawl import BrokenError, LeakError
from tests.proof.guards import GUARDS, OTHER_ATTACKS
from tests.proof.newsroom import Newsroom, people
from tests.proof.quiet import quiet

# Readers see it, the site fails over it, or the database itself refuses it.
NOTICED = (LeakError, LeakedFileError, BrokenError, IntegrityError)
MARK = "<!-- guards -->"
pytestmark = pytest.mark.django_db


@pytest.fixture
def open_house(house, settings):
    """Return a newsroom with one public member."""
    settings.EMERGENCY_RELEASE = True
    with quiet(), time_machine.travel(NOW, tick=False) as time:
        newsroom = Newsroom(users=people(), clock=time.shift, rng=Random(7))
        member = newsroom.draft("officer1", kind="member")
        newsroom.submit(member, "officer1")
        newsroom.decide(member, "editor1")
        newsroom.finish_step()
        yield newsroom


ATTACKS = sorted({*(guard.attack for guard in GUARDS), *OTHER_ATTACKS}, key=lambda a: a.__name__)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_with_all_guards_the_attack_shows_nothing(open_house, attack):
    attack(open_house)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_the_guard_the_attack_is_noticed(open_house, guard, notices):
    with pytest.raises(NOTICED) as noticed:
        attack_without(guard, open_house)
    notices.append((guard.name, guard.attack.__name__, open_house.steps, noticed.type.__name__))


def attack_without(guard, newsroom):
    with ExitStack() as off:
        for place, replacement in guard.off:
            off.enter_context(mock.patch(place, replacement))
        off.callback(visibility.built.cache_clear)
        visibility.built.cache_clear()
        guard.attack(newsroom)


@pytest.fixture(scope="module")
def notices():
    """Collect what noticed which guard; with PROVE_MUTANTS=<file> write it there as a table."""
    found: list[tuple[str, str, int, str]] = []
    yield found
    if "PROVE_MUTANTS" in os.environ:
        head = ("Guard switched off", "Caught by the attack", "Steps", "As")
        lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
        lines += [f"| {' | '.join(map(str, row))} |" for row in found]
        print("\n".join(lines))
        path = Path(os.environ["PROVE_MUTANTS"])
        before, _, rest = path.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition("\n\n")[2]
        path.write_text(f"{before}{MARK}\n{chr(10).join(lines)}\n\n{after}", encoding="utf-8")
