"""A small country in the form of the official files."""

from pathlib import Path

STATES = [f"{number:02}" for number in range(1, 17)]


def line(
    kind: str,
    key: str,
    name: str,
    *,
    designation: str = "",
    people: int = 0,
    association: str = "",
    code: str = "",
    day: str = "20250831",
) -> str:
    """Return one line of a GV100AD file."""
    text = f"{kind}{day}{key:<8}{association:<4}{name:<50}{'':50}{designation:<6}{'0' * 11}"
    return f"{text}{people:011}{people // 2:011}{'':4}{code:<5}".ljust(220)


def district(key: str, name: str, designation: str = "44") -> str:
    return line("40", key, name, designation=designation)


def town(key: str, name: str, people: int = 1000, *, designation: str = "63", **more: str) -> str:
    return line("60", key, name, designation=designation, people=people, association="0001", **more)


def country(*lines: str) -> str:
    """Return a file: sixteen states with a district and a town each, and further lines."""
    all_lines = []
    for state in STATES:
        all_lines.append(line("10", state, f"Land {state}"))
        all_lines.append(district(f"{state}001", f"Kreisgebiet {state}"))
        all_lines.append(town(f"{state}001001", f"Hauptort {state}, Stadt", code=f"{state}001"))
    return "\n".join([*all_lines, *lines]) + "\n"


def write(folder: Path, text: str, *, name: str = "GV100AD.txt", encoding: str = "utf-8") -> Path:
    """Write a file; return its path."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def square(key: str, x: float, y: float, size: float = 0.5) -> dict:
    """Return a GeoJSON feature: a square from (x, y) in degrees."""
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {
        "type": "Feature",
        "properties": {"ags": key},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
