"""Random sequences of acts, after each of which nothing shows that must not."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proof.machine import Play
from tests.proof.newsroom import people
from tests.proof.quiet import quiet

SEQUENCES, STEPS = 12, 20


@pytest.mark.django_db
def test_no_sequence_of_acts_shows_what_must_not(house):
    with quiet():
        Play.users = people()
        run_state_machine_as_test(
            Play,
            settings=settings(
                max_examples=SEQUENCES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(Play.steps, "steps,", Play.requests, "requests")
