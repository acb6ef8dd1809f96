"""Show what was measured, and compare it with the floors in the repository."""

import json
from pathlib import Path

# By set, row and engine: nDCG@10.
Results = dict[str, dict[str, dict[str, float]]]

FLOORS = Path(__file__).parent / "floors.json"
ALLOWED_DROP = 0.02
OURS = ("elasticsearch", "database")


def table(results: Results) -> str:
    """Return the results as text, one table a set, with our ratio to Wagtail's default."""
    parts = []
    for name, rows in results.items():
        engines = list(next(iter(rows.values())))
        parts.append(f"\n{name:16}" + "".join(f"{engine:>16}" for engine in engines))
        for row, values in rows.items():
            cells = "".join(f"{values[engine]:16.3f}" for engine in engines)
            parts.append(f"{row:16}{cells}{_ratio(values)}")
    return "\n".join(parts)


def _ratio(values: dict[str, float]) -> str:
    default = values.get("wagtail default")
    return f"   {values['elasticsearch'] / default:5.2f}x" if default else ""


def drops(results: Results) -> list[str]:
    """Return a sentence for each of our values that lies more than ALLOWED_DROP under its floor."""
    floors: Results = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name} {row}, {engine}: {value:.3f}, floor {floor:.3f}"
        for name, rows in results.items()
        for row, values in rows.items()
        for engine, value in values.items()
        if (floor := floors.get(name, {}).get(row, {}).get(engine)) is not None
        and value < floor - ALLOWED_DROP
    ]


def write_floors(results: Results) -> None:
    """Make our present values the floors; sets that were not measured keep theirs."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    floors |= {
        name: {
            row: {engine: round(values[engine], 3) for engine in OURS if engine in values}
            for row, values in rows.items()
        }
        for name, rows in results.items()
    }
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
