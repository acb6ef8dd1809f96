"""Put the official files together into one table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from newsroom.regions.geometry import Point
from newsroom.regions.importers import coordinates, gv100ad, names_i18n, outlines, postal_codes
from newsroom.regions.table import Origin, Row, Shape, Table


@dataclass(frozen=True, slots=True)
class Files:
    """Where the official files lie. Only the list of municipalities must be there."""

    gv100ad: Path
    coordinates: Path | None = None
    outlines: tuple[Path, ...] = ()
    postal_codes: Path | None = None
    names: tuple[Path, ...] = ()


def read(files: Files) -> Table:
    """Return what the files say. Reads them all before anything is stored; raises BrokenFile."""
    directory = gv100ad.read(files.gv100ad)
    rows, origins = directory.rows, [directory.origin]
    centres: dict[str, Point] = {}
    if files.coordinates:
        by_ags, origin = coordinates.read(files.coordinates)
        origins.append(origin)
        centres = _centres(rows, by_ags)
    pairs, villages = None, None
    if files.postal_codes:
        places, origin = postal_codes.read(files.postal_codes)
        origins.append(origin)
        pairs = postal_codes.assigned(places, rows, seats=directory.seats, centres=centres)
        villages = postal_codes.villages(places, rows, seats=directory.seats, centres=centres)
        if centres:
            centres = _with_new_ones(centres, places, pairs)
    return Table(
        rows=tuple(_placed(row, centres) for row in rows),
        names=_names(files.names),
        aliases=names_i18n.read_aliases(),
        postal_codes=pairs,
        villages=villages,
        shapes=_shapes(files.outlines, origins) if files.outlines else None,
        origins=tuple(origins),
        is_complete=True,
        as_of=directory.as_of,
    )


def _names(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return the names of all tables; what the project brings itself counts last and most."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in (*paths, names_i18n.NAMES):
        for key, names in names_i18n.read_names(path).items():
            found[key].update(names)
    return found


def _shapes(paths: Iterable[Path], origins: list[Origin]) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    for place, path in enumerate(paths):
        found, origin = outlines.read(path)
        shapes |= found
        origins.append(replace(origin, name=f"outlines-{place + 1}" if place else "outlines"))
    return shapes


def _centres(rows: Iterable[Row], by_ags: Mapping[str, Point]) -> dict[str, Point]:
    """Return the centres by key, of districts and states from their people's."""
    rows = list(rows)
    centres = {
        row.key: point
        for row in rows
        if row.level != "state" and (point := by_ags.get(row.ags) or by_ags.get(f"{row.key}000"))
    }
    _add_means(rows, centres)
    return centres


def _add_means(rows: Iterable[Row], centres: dict[str, Point]) -> None:
    """Add the middle of the people to districts and states without a centre."""
    by_parent: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: -len(row.key)):
        if row.key not in centres and (below := by_parent.get(row.key)):
            weight = sum(each.population + 1 for each in below)
            centres[row.key] = (
                sum(centres[each.key][0] * (each.population + 1) for each in below) / weight,
                sum(centres[each.key][1] * (each.population + 1) for each in below) / weight,
            )
        if row.parent and row.key in centres:
            by_parent[row.parent].append(row)


def _with_new_ones(
    centres: dict[str, Point],
    places: Iterable[postal_codes.Place],
    pairs: Iterable[tuple[str, str]],
) -> dict[str, Point]:
    """Add municipalities younger than the file of centres: the middle of their codes' places."""
    known = set(centres)
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for place in places:
        points[place.code, place.district].append(place.point)
    found: dict[str, list[Point]] = defaultdict(list)
    for code, key in pairs:
        if key not in known:
            found[key] += points.get((code, key[:5]), [])
    means = {
        key: (sum(lat for lat, _ in there) / len(there), sum(lon for _, lon in there) / len(there))
        for key, there in found.items()
        if there
    }
    return centres | means


def _placed(row: Row, centres: Mapping[str, Point]) -> Row:
    if row.key not in centres:
        return row
    latitude, longitude = centres[row.key]
    return replace(row, latitude=round(latitude, 4), longitude=round(longitude, 4))
