"""Random sequences of acts, after each of which nothing shows that must not.

In the suite always the same ones; `make prove` plays many more, others every time
(PROVE_SEQUENCES, PROVE_STEPS).
"""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proof.machine import Play
from tests.proof.newsroom import people
from tests.proof.quiet import quiet
from tests.search.conftest import drop_indices

# What is proved does not depend on the database: a quarter of the sequences tell whether it plays.
USUAL = 100 if connection.vendor == "sqlite" else 25
SEQUENCES = int(os.environ.get("PROVE_SEQUENCES", USUAL))
STEPS = int(os.environ.get("PROVE_STEPS", "20"))
IS_PROVING = "PROVE_SEQUENCES" in os.environ


def play(*, sequences: int = SEQUENCES, steps: int = STEPS) -> None:
    """Play; raises what the first failing sequence raised."""
    Play.users = people()
    Play.steps = Play.requests = 0
    run_state_machine_as_test(
        Play,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not IS_PROVING,
            database=None,
            # A sequence takes seconds: a shorter failing one is not worth minutes.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture(autouse=True)
def _one_person_may_publish_alone(settings):
    settings.EMERGENCY_RELEASE = True


@pytest.mark.django_db
def test_no_sequence_of_acts_shows_what_must_not(house):
    with quiet():
        play()
    print(f"{Play.steps} steps, {Play.requests} requests")
    assert Play.steps > SEQUENCES  # it did play


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_nor_with_a_real_elasticsearch(house, elasticsearch_server, settings, monkeypatch):
    """The same, a few sequences long: hits come from an index that is shipped now and then."""
    settings.ELASTICSEARCH_URL = (
        elasticsearch_server.url if elasticsearch_server else os.environ["ELASTICSEARCH_URL"]
    )
    settings.ELASTICSEARCH_INDEX_PREFIX = f"proof-{os.getpid()}"
    settings.SEARCH_ENCODER = ""  # what is near in meaning is found without the word
    monkeypatch.setattr(Play, "does_ship", True)
    try:
        with quiet():
            play(sequences=min(SEQUENCES, 5))
    finally:
        drop_indices()
