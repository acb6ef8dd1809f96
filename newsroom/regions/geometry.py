"""The plane the outlines lie in, and distances on the globe. No database."""

from math import asin, cos, log, pi, radians, sin, sqrt, tan

EARTH = 6371.0  # kilometres
# Units of the plane by degree of longitude: one unit is some 70 m in the middle of Germany.
SCALE = 1000
Point = tuple[float, float]


def plane(longitude: float, latitude: float) -> tuple[int, int]:
    """Return a point (degrees, WGS 84) in the plane of the map: Mercator, y downwards."""
    north = log(tan(pi / 4 + radians(latitude) / 2)) * 180 / pi
    return round(longitude * SCALE), -round(north * SCALE)


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points (latitude, longitude in degrees) along the globe."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))
