"""Each guard is switched off once, and the proof must notice: else it would prove nothing."""

from contextlib import ExitStack
from random import Random
from unittest import mock

import pytest
import time_machine

from tests.conftest import NOW
from tests.proof.guards import GUARDS, OTHER_ATTACKS, LeakedFileError
from tests.proof.crawl import LeakError
from tests.proof.newsroom import Newsroom, people
from tests.proof.quiet import quiet

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_house(house):
    """Return a newsroom with one public member."""
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
def test_without_the_guard_the_attack_is_noticed(open_house, guard):
    with ExitStack() as off, pytest.raises((LeakError, LeakedFileError)):
        for place, replacement in guard.off:
            off.enter_context(mock.patch(place, replacement))
        guard.attack(open_house)
