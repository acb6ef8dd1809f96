"""Numbers of a measurement, as a table for people and as JSON for machines."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing: ours, the raw side of the same run, and what was promised.

    `ratio` is ours/raw; `goal` in words ("<= 1.3x"), and whether it was kept (None: no promise).
    """

    name: str
    ours: float
    raw: float | None
    unit: str
    goal: str = ""
    is_kept: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by raw."""
        return self.ours / self.raw if self.raw else None


def at_most(name: str, ours: float, raw: float, unit: str, *, factor: float) -> Line:
    """Return a line of which ours may be `factor` times the raw side."""
    return Line(name, ours, raw, unit, f"<= {factor}x", ours <= factor * raw)


def at_least(name: str, ours: float, raw: float, unit: str, *, factor: float) -> Line:
    """Return a line of which ours must be `factor` times the raw side."""
    return Line(name, ours, raw, unit, f">= {factor}x", ours >= factor * raw)


def below(name: str, ours: float, limit: float, unit: str) -> Line:
    """Return a line with a limit of its own."""
    return Line(name, ours, None, unit, f"<= {limit:g} {unit}", ours <= limit)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(lines: Sequence[Line]) -> str:
    """Return all lines, one below the other."""
    head = f"{'':58}{'ours':>10}{'raw':>10}{'ratio':>8}  goal"
    rows = [head, "-" * len(head)]
    for line in lines:
        raw = f"{line.raw:10.2f}" if line.raw is not None else " " * 10
        ratio = f"{line.ratio:8.2f}" if line.ratio is not None else " " * 8
        verdict = {True: "kept", False: "MISSED", None: ""}[line.is_kept]
        name = f"{line.name} ({line.unit})"
        rows.append(f"{name:58}{line.ours:10.2f}{raw}{ratio}  {line.goal} {verdict}".rstrip())
    return "\n".join(rows)


def write(path: Path, *, lines: Sequence[Line], about: dict[str, object]) -> None:
    """Write everything as JSON."""
    content = {**about, "lines": [{**asdict(line), "ratio": line.ratio} for line in lines]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n")
