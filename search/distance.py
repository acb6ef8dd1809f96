"""How far away something is: the same arithmetic for both engines and for what readers are told.

The database has no functions of the globe. Points are stored as unit vectors as well: the straight
line between two of them grows with the way along the globe and needs sums and products only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin

Point = tuple[float, float]  # latitude, longitude in degrees (WGS 84)
Vector = tuple[float, float, float]

EARTH = 6371.0088  # kilometres; the mean radius, which Elasticsearch takes as well
# At this distance half of what nearness adds to a score is left.
NEARNESS_SCALE, NEARNESS_WEIGHT = 20.0, 0.25  # kilometres; a quarter at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Where the reader is. `radius_km`: only what lies so near; None: anywhere."""

    point: Point
    radius_km: float | None = None


def vector(point: Point) -> Vector:
    """Return the point on a globe of radius 1."""
    latitude, longitude = map(radians, point)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def chord(kilometres: float) -> float:
    """Return how long the straight line is, on a globe of radius 1, for a way along the globe."""
    return 2 * sin(kilometres / EARTH / 2)


def kilometres(one: Point, other: Point) -> float:
    """Return the way between two points along the globe."""
    pairs = zip(vector(one), vector(other), strict=True)
    line: float = sum((a - b) ** 2 for a, b in pairs) ** 0.5
    return 2 * EARTH * asin(min(1.0, line / 2))


def nearest(point: Point, others: Iterable[Point]) -> float | None:
    """Return the kilometres to the nearest of several points, None without any."""
    return min((kilometres(point, other) for other in others), default=None)
