"""The hour promised to others, and the machine's."""

from datetime import timedelta

import pytest

from newsroom.releases.embargo import embargo_problem

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("embargo", "live", "field"),
    [
        (None, None, None),
        (None, HOUR, None),
        (HOUR, None, "embargoed_until"),
        (HOUR, HOUR, None),
        (HOUR, 2 * HOUR, None),
        (2 * HOUR, HOUR, "go_live_at"),
        (-HOUR, None, None),  # over
        (-HOUR, -2 * HOUR, None),
        (HOUR, -HOUR, "go_live_at"),
    ],
)
def test_a_release_goes_live_when_its_embargo_is_over_or_later(now, embargo, live, field):
    problem = embargo_problem(
        embargoed_until=None if embargo is None else now + embargo,
        go_live_at=None if live is None else now + live,
        now=now,
    )

    assert (problem and problem[0]) == field
