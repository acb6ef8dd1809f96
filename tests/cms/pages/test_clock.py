"""Hours that the change of the clocks skips or doubles."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cms.pages.clock import clock_change

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("local", "change"),
    [
        ("2027-03-28 02:30", "skipped"),
        ("2027-03-28 02:00", "skipped"),
        ("2027-03-28 01:59", None),
        ("2027-03-28 03:00", None),
        ("2026-10-25 02:30", "doubled"),
        ("2026-10-25 01:59", None),
        ("2026-10-25 03:00", None),
        ("2026-11-23 10:00", None),
    ],
)
def test_the_change_of_the_clocks_skips_and_doubles_an_hour(local, change):
    assert clock_change(datetime.fromisoformat(local), BERLIN) == change
