"""The table and the JSON of measurements."""

import json
from pathlib import Path

import pytest

from tools.bench import report


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 5), (0.95, 10), (0.0, 1), (1.0, 10)])
def test_percentile_is_a_measured_value(share: float, wanted: float) -> None:
    assert report.percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == wanted


def test_goals_are_judged_in_their_direction() -> None:
    assert report.at_most("x", 13, 10, "ms", factor=1.3).is_kept
    assert not report.at_most("x", 13.1, 10, "ms", factor=1.3).is_kept
    assert report.at_least("x", 8, 10, "docs/s", factor=0.8).is_kept
    assert not report.at_least("x", 7.9, 10, "docs/s", factor=0.8).is_kept
    assert not report.below("x", 51, 50, "MB").is_kept


def test_table_and_json_have_both_sides(tmp_path: Path) -> None:
    lines = [report.at_most("search, p50", 6, 5, "ms", factor=1.3)]
    assert "6.00      5.00    1.20  <= 1.3x kept" in report.table(lines)
    path = tmp_path / "new" / "bench.json"
    report.write(path, lines=lines, about={"documents": 10})
    content = json.loads(path.read_text())
    assert content["documents"] == 10
    assert content["lines"][0]["ratio"] == pytest.approx(1.2)
