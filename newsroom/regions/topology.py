"""Simplify borders so that neighbours still fit, and find out who borders on whom. No database.

Borders are rings of points in the plane of regions.geometry. A border that two regions share has
the same points in both; it is cut where a third region or the outside begins, and each piece is
simplified alone, always from the same end: both regions get the same line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Vertex = tuple[int, int]
Ring = Sequence[Vertex]

MIN_AREA = 40.0  # square units (0.2 km²); smaller islands are dots nobody can aim at


def simplified(
    borders: Mapping[str, Iterable[Ring]], *, tolerance: float
) -> dict[str, list[list[Vertex]]]:
    """Return the borders without points nearer than `tolerance` (units) to the line left.

    Rings that shrink to nothing vanish, but every region keeps its largest.
    """
    rings = {key: [_opened(ring) for ring in of_region] for key, of_region in borders.items()}
    owners = _owners(rings)
    return {
        key: _kept([_simplified_ring(ring, owners, tolerance) for ring in of_region])
        for key, of_region in rings.items()
    }


def touching(borders: Mapping[str, Iterable[Ring]]) -> dict[str, tuple[str, ...]]:
    """Return for each region the sorted keys of those that share at least two points with it."""
    shared: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for keys in _owners(
        {key: [_opened(r) for r in rings] for key, rings in borders.items()}
    ).values():
        for one in keys:
            for other in keys - {one}:
                shared[one][other] += 1
    return {
        key: tuple(sorted(other for other, points in shared[key].items() if points > 1))
        for key in borders
    }


def area(ring: Ring) -> float:
    """Return the area inside a ring in square units, whatever its direction."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path(rings: Iterable[Ring]) -> str:
    """Return rings as SVG path data: one absolute point each, then steps."""
    parts = []
    for ring in rings:
        (x, y), steps = ring[0], []
        for px, py in ring[1:]:
            steps.append(f"{px - x} {py - y}")
            x, y = px, py
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def _opened(ring: Ring) -> list[Vertex]:
    """Return a ring without repeated points and without its first point again at the end."""
    points = [point for place, point in enumerate(ring) if not place or point != ring[place - 1]]
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _owners(rings: Mapping[str, Iterable[Ring]]) -> dict[Vertex, frozenset[str]]:
    found: dict[Vertex, set[str]] = defaultdict(set)
    for key, of_region in rings.items():
        for ring in of_region:
            for point in ring:
                found[point].add(key)
    return {point: frozenset(keys) for point, keys in found.items()}


def _simplified_ring(
    ring: list[Vertex], owners: Mapping[Vertex, frozenset[str]], tolerance: float
) -> list[Vertex]:
    if len(ring) < 4:
        return ring
    size = len(ring)
    cuts = [
        at
        for at, point in enumerate(ring)
        if owners[point] != owners[ring[at - 1]] or owners[point] != owners[ring[(at + 1) % size]]
    ]
    if len(cuts) < 2:
        # An island, or a region inside another: cut at its outermost points, the same for both.
        cuts = sorted({ring.index(min(ring)), ring.index(max(ring)), *cuts})
    result: list[Vertex] = []
    for place, start in enumerate(cuts):
        end = cuts[(place + 1) % len(cuts)]
        piece = ring[start : end + 1] if start < end else ring[start:] + ring[: end + 1]
        result += _simplified_line(piece, tolerance)[:-1]
    return result


def _simplified_line(line: list[Vertex], tolerance: float) -> list[Vertex]:
    """Return the line by Douglas and Peucker's rule, the same from both ends."""
    if line[0] > line[-1]:
        return _simplified_line(line[::-1], tolerance)[::-1]
    kept = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        start, end = open_spans.pop()
        farthest, distance = 0, tolerance
        for at in range(start + 1, end):
            found = _distance(line[at], line[start], line[end])
            if found > distance:
                farthest, distance = at, found
        if farthest:
            kept.add(farthest)
            open_spans += [(start, farthest), (farthest, end)]
    return [line[at] for at in sorted(kept)]


def _distance(point: Vertex, start: Vertex, end: Vertex) -> float:
    (px, py), (sx, sy), (ex, ey) = point, start, end
    dx, dy = ex - sx, ey - sy
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((px - sx) * dx + (py - sy) * dy) / length)) if length else 0.0
    return float(((px - sx - along * dx) ** 2 + (py - sy - along * dy) ** 2) ** 0.5)


def _kept(rings: list[list[Vertex]]) -> list[list[Vertex]]:
    largest = max(rings, key=area, default=[])
    return [ring for ring in rings if ring is largest or (len(ring) > 2 and area(ring) >= MIN_AREA)]
