"""Postal codes of GeoNames, assigned to municipalities.

The file names places (villages, quarters, firms) with the key of their district. A place stands
for the municipality of its name in that district, or of the name it begins with ("Fehrbellin
Wall"). Every municipality has the code of its seat as well (GV100AD). Where a code is left without
municipality in a district that has places of it, each of these goes to the nearest centre.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from newsroom.regions import names
from newsroom.regions.geometry import Point, kilometres
from newsroom.regions.importers.files import (
    MAX_BYTES,
    BrokenFile,
    content,
    decoded,
    digest,
    number,
    table,
)
from newsroom.regions.table import Origin, Row

COLUMNS = ("zipcode", "place", "community_code", "latitude", "longitude")
# GeoNames itself ships a text separated by tabs and without header, others ship it as a table.
PLAIN, TABLE = "DE.txt", ".csv"
PLAIN_COLUMNS = (
    "country_code", "zipcode", "place", "state", "state_code", "province", "province_code",
    "community", "community_code", "latitude", "longitude", "accuracy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its postal code. `district` is a key of five digits.

    `is_receiver`: an office or a firm with a code of its own, nowhere that people live.
    """

    code: str
    name: str
    district: str
    point: Point
    is_receiver: bool = False


def read(path: Path) -> tuple[tuple[Place, ...], Origin]:
    """Return the places of the zip, of the text in it, or of a table."""
    data = content(path)
    text = decoded(path, _unpacked(path, data))
    places = []
    for line, row in _plain(path, text) if _is_plain(text) else table(path, text, COLUMNS):
        code = row["zipcode"]
        if len(code) != 5 or not (code.isascii() and code.isdecimal()):
            raise BrokenFile(path, f"{code[:40]!r} is no postal code", line=line)
        point = (
            number(path, line, "latitude", row["latitude"], float),
            number(path, line, "longitude", row["longitude"], float),
        )
        # The file gives receivers a number where places have their state's two letters.
        is_receiver = row.get("state_code", "").isdecimal()
        places.append(Place(code, row["place"], row["community_code"], point, is_receiver))
    if not places:
        raise BrokenFile(path, "holds no postal code")
    notice = (
        "Postal codes: GeoNames (https://www.geonames.org), CC BY 4.0; assigned to municipalities "
        "by this project"
    )
    return tuple(places), Origin("postal_codes", digest(data), None, notice)


def _is_plain(text: str) -> bool:
    return "\t" in text.partition("\n")[0]


def _plain(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in enumerate(text.splitlines(), start=1):
        cells = row.split("\t")
        if len(cells) != len(PLAIN_COLUMNS):
            problem = f"has {len(cells)} cells, expected {len(PLAIN_COLUMNS)}"
            raise BrokenFile(path, problem, line=line)
        yield line, dict(zip(PLAIN_COLUMNS, cells, strict=True))


def _unpacked(path: Path, data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
            tables = [each for each in files if each.filename.endswith((PLAIN, TABLE))]
            if len(tables) != 1:
                problem = f"holds {len(tables)} files {PLAIN} or *{TABLE}, expected one"
                raise BrokenFile(path, problem)
            if tables[0].file_size > MAX_BYTES:
                raise BrokenFile(path, f"unpacks to more than {MAX_BYTES} bytes")
            return archive.read(tables[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BrokenFile(path, f"is no readable zip archive ({error})") from None


def assigned(
    places: Iterable[Place],
    rows: Iterable[Row],
    *,
    seats: dict[str, str],
    centres: dict[str, Point],
) -> frozenset[tuple[str, str]]:
    """Return the pairs (postal code, key of a municipality or district-free city).

    `seats` maps key -> postal code of the seat, `centres` key -> centre.
    """
    towns = _Towns(rows, centres)
    here: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        here[place.code, place.district].append(place)
    pairs = {(code, key) for key, code in seats.items()}
    seated: dict[str, list[str]] = defaultdict(list)
    for key, code in seats.items():
        seated[code].append(key)
    for (code, district), there in here.items():
        found = {towns.named(place) or towns.begun(place) for place in there} - {None}
        if not found and not any(key.startswith(district) for key in seated[code]):
            found = {towns.nearest(place) for place in there} - {None}
        pairs |= {(code, str(key)) for key in found}
    return frozenset(pairs)


def villages(
    places: Iterable[Place],
    rows: Iterable[Row],
    *,
    seats: dict[str, str],
    centres: dict[str, Point],
) -> dict[str, tuple[str, ...]]:
    """Return key of a municipality -> names of the villages and quarters in it.

    Former municipalities among them: whoever types the old name means the new one. Those of a city
    that fills its state stand at the state. `seats` and `centres` as in `assigned`.
    """
    rows = list(rows)
    by_key = {row.key: row for row in rows}
    towns = _Towns(rows, centres)
    seated: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, code in seats.items():
        seated[code, key[:5]].append(key)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for place in places:
        if place.is_receiver:
            continue
        town = towns.named(place) or towns.begun(place)
        town = town or towns.around(place, among=seated.get((place.code, place.district)))
        if town:
            above = by_key.get(by_key[town].parent or "")
            is_all = above is not None and above.population == by_key[town].population
            found[above.key if above and is_all else town][place.name] = None
    return {key: tuple(several) for key, several in found.items()}


class _Towns:
    """The municipalities of each district, by name and by place."""

    def __init__(self, rows: Iterable[Row], centres: dict[str, Point]) -> None:
        self._centres = centres
        self._by_name: dict[str, dict[str, str]] = defaultdict(dict)
        self._keys: dict[str, list[str]] = defaultdict(list)
        rows = list(rows)
        self._reach = {row.key: sqrt(row.population + 1) for row in rows}
        parents = {row.parent for row in rows}
        for row in rows:
            if row.level == "municipality" or (row.level == "district" and row.key not in parents):
                district = row.key[:5]
                self._keys[district].append(row.key)
                self._by_name[district][names.key(row.name)] = row.key
        for row in rows:
            for short in names.short_names(row.name):
                if row.level == "municipality":
                    self._by_name[row.key[:5]].setdefault(names.key(short), row.key)

    def named(self, place: Place) -> str | None:
        """Return the municipality of the place's name; the only one of its district."""
        there = self._keys.get(place.district, [])
        if len(there) == 1:
            return there[0]
        return self._by_name[place.district].get(names.key(place.name))

    def begun(self, place: Place) -> str | None:
        """Return the municipality with whose name that of the place begins."""
        words = names.words(place.name)
        known = self._by_name[place.district]
        for end in range(len(words) - 1, 0, -1):
            if found := known.get(names.joined(words[:end])):
                return found
        return None

    def around(self, place: Place, *, among: Iterable[str] | None) -> str | None:
        """Return the municipality, of `among` or of the district, in which the place may lie.

        The bigger one reaches farther: distances count in units of the root of its people.
        """
        some = self._keys.get(place.district, []) if among is None else among
        there = [key for key in some if key in self._centres]
        return min(
            there,
            key=lambda key: kilometres(place.point, self._centres[key]) / self._reach[key],
            default=None,
        )

    def nearest(self, place: Place) -> str | None:
        """Return the municipality of the district whose centre is nearest to the place."""
        there = [key for key in self._keys.get(place.district, []) if key in self._centres]
        return min(there, key=lambda key: kilometres(place.point, self._centres[key]), default=None)
