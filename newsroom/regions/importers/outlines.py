"""Borders of districts and states, from the outlines of the BKG (VG250) as GeoJSON, WGS 84."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsroom.regions.geometry import plane
from newsroom.regions.importers.files import BrokenFile, content, decoded, digest
from newsroom.regions.table import Origin, Shape
from newsroom.regions.topology import Ring, simplified, touching
from newsroom.regions.topology import path as svg_path

TOLERANCE = 9.0  # units of the plane, some 600 m: half a pixel of a map of Niedersachsen
KEY_NAMES = ("ags", "AGS", "ARS")
DIGITS = (2, 5)


def read(path: Path) -> tuple[dict[str, Shape], Origin]:
    """Return key -> outline of the states and districts in the file. Raises BrokenFile."""
    data = content(path)
    try:
        collection = json.loads(decoded(path, data))
    except (json.JSONDecodeError, RecursionError) as error:
        raise BrokenFile(path, f"is no JSON, or cut ({error})") from None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise BrokenFile(path, "is no GeoJSON FeatureCollection")
    borders: dict[str, list[Ring]] = defaultdict(list)
    for number, feature in enumerate(collection.get("features") or [], start=1):
        try:
            key = _key(feature["properties"])
            rings = [_ring(ring) for ring in _rings(feature["geometry"])]
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            raise BrokenFile(path, f"feature {number} cannot be read ({error!r})") from None
        if len(key) in DIGITS:
            borders[key] += rings
    if not borders:
        raise BrokenFile(path, f"holds no feature with a key ({', '.join(KEY_NAMES)})")
    shapes: dict[str, Shape] = {}
    for digits in DIGITS:
        shapes |= _shapes({key: rings for key, rings in borders.items() if len(key) == digits})
    notice = str(collection.get("attribution") or "© GeoBasis-DE / BKG (data changed: simplified)")
    origin = Origin("outlines", digest(data), None, f"{notice[:250]}, dl-de/by-2-0")
    return shapes, origin


def _shapes(borders: dict[str, list[Ring]]) -> dict[str, Shape]:
    touches = touching(borders)
    return {
        key: _shape(rings, touches[key])
        for key, rings in simplified(borders, tolerance=TOLERANCE).items()
    }


def _shape(rings: list[list[tuple[int, int]]], touches: tuple[str, ...]) -> Shape:
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    return Shape(svg_path(rings), min(xs), min(ys), max(xs), max(ys), touches)


def _key(properties: dict[str, Any]) -> str:
    key = next(str(properties[name]) for name in KEY_NAMES if name in properties)
    if not (key.isascii() and key.isdecimal()):
        raise ValueError(key[:40])
    # The ARS of a district is written with zeros behind.
    return key[:5] if len(key) > 5 and not key[5:].strip("0") else key


def _rings(geometry: dict[str, Any]) -> Iterator[Iterable[Any]]:
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon
    else:
        raise ValueError(geometry["type"])


def _ring(points: Iterable[Any]) -> Ring:
    ring = [plane(float(point[0]), float(point[1])) for point in points]
    if len(ring) < 4:
        raise ValueError("a ring of fewer than four points")
    if not all(5_000 < x < 16_000 and -71_000 < y < -53_000 for x, y in ring):
        raise ValueError("a point outside Germany; expected degrees (WGS 84)")
    return ring
