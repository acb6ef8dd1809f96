import io

import pytest

from search.management.progress import ProgressBar, duration, line
from search.rebuild import Step


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (42.4, "42 s"), (185, "3 min 5 s"), (7800, "2 h 10 min"), (-1, "0 s")],
)
def test_durations_as_people_say_them(seconds, text):
    assert duration(seconds) == text


def test_line_tells_share_rate_and_time_left():
    shown = line("de", Step("fill", 45_000, 100_000), rate=3_000)
    assert "filling" in shown
    assert " 45%" in shown
    assert "45,000 of 100,000  3,000/s  18 s left" in shown
    assert shown.count("█") == 11


@pytest.mark.parametrize("step", [Step("fill", 0, 0), Step("check", 7, 5), Step("copy", 0, 9)])
def test_line_stands_numbers_that_make_no_sense(step):
    assert line("de", step, rate=0.0)


def test_bar_of_a_build_that_goes_on_counts_only_its_own_rate(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("search.management.progress.time.monotonic", lambda: now[0])
    out = io.StringIO()
    bar = ProgressBar("de", out)
    for seconds, done in ((0, 50_000), (10, 60_000), (15, 65_000), (20, 70_000)):
        now[0] = seconds
        bar(Step("fill", done, 100_000))
    bar.end()
    first, second = out.getvalue().splitlines()
    assert "60,000 of 100,000  1,000/s  40 s left" in first
    assert "70,000 of 100,000  1,000/s  30 s left" in second
