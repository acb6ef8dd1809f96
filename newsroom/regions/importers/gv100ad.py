"""The list of municipalities of Destatis (GV100AD), a text of fixed width.

Source: record description of the GV-ISys, quarterly edition; 220 characters a line, UTF-8. The
positions used here, from 0: kind of record 0-2, status of area 2-10, key 10-18, association
18-22, name 22-72, designation 122-124, population 139-150, postal
code of the seat 165-170. The package gv100ad-py (0.2, beta)
reads the same positions but neither checks lengths nor names lines at fault; these few are ours.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from newsroom.regions.importers.files import BrokenFile, content, decoded, digest
from newsroom.regions.table import Origin, Row

LENGTH = 220
STATE, DISTRICT, MUNICIPALITY = "10", "40", "60"
KINDS = frozenset({STATE, "20", "30", DISTRICT, "50", MUNICIPALITY})
STATES = 16
# Designations (Kennzeichen): a district-free city among districts and municipalities, districts
# called "Kreis", areas without a municipality and without people.
CITIES = frozenset({"41", "42"})
MUNICIPAL_CITIES = frozenset({"61", "62"})
KREIS = "43"
TOWNS = frozenset({"61", "62", "63", "67"})
MARKET = "60"
UNINHABITED = "66"

# Titles that stand before a name; all others are epithets ("documenta-Stadt").
_TITLES = frozenset(
    {
        "Stadt", "Hansestadt", "Landeshauptstadt", "Universitätsstadt", "Lutherstadt",
        "Freie und Hansestadt", "Hanse- und Universitätsstadt", "Universitäts- und Hansestadt",
        "Berg- und Universitätsstadt", "Markt", "Flecken",
    }
)  # fmt: skip
_ABBREVIATED = {"St": "Stadt", "GKSt": "Stadt", "Kreisstadt": "Stadt", "M": "Markt"}


@dataclass(frozen=True, slots=True)
class Record:
    """One line. `key` is digits: 2 of a state, 5 of a district, 8 of a municipality."""

    line: int
    kind: str
    as_of: date
    key: str
    association: str
    name: str
    designation: str
    population: int
    postal_code: str


@dataclass(frozen=True, slots=True)
class Directory:
    """What the file holds. `seats` maps key -> postal code of the seat of the administration."""

    rows: tuple[Row, ...]
    seats: dict[str, str]
    as_of: date
    origin: Origin


def read(path: Path) -> Directory:
    """Return all states, districts and municipalities of the file, parents before children.

    Raises BrokenFile when the file is not complete or not of this form.
    """
    data = content(path)
    records = list(_records(path, decoded(path, data)))
    days = {record.as_of for record in records}
    if len(days) != 1:
        raise BrokenFile(path, "mixes areas of several dates" if days else "is empty")
    as_of = days.pop()
    notice = (
        "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis-Informationssystem GV-ISys, "
        f"{as_of.year}; data changed"
    )
    seats = {
        _key(record): record.postal_code
        for record in records
        if record.postal_code and record.designation != UNINHABITED
    }
    origin = Origin("gv100ad", digest(data), as_of, notice)
    return Directory(_rows(path, records), seats, as_of, origin)


def _records(path: Path, text: str) -> Iterator[Record]:
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\r")
        if not line and number == len(lines):
            return
        if len(line) != LENGTH:
            raise BrokenFile(
                path, f"has {len(line)} characters, expected {LENGTH}; is it cut?", line=number
            )
        if line[:2] not in KINDS:
            raise BrokenFile(path, f"unknown kind of record {line[:2]!r}", line=number)
        if line[:2] in (STATE, DISTRICT, MUNICIPALITY):
            yield _record(path, number, line)


def _record(path: Path, number: int, line: str) -> Record:
    kind = line[:2]
    digits = {STATE: 2, DISTRICT: 5, MUNICIPALITY: 8}[kind]
    key, association = line[10 : 10 + digits], line[18:22].strip()
    name, population = " ".join(line[22:72].split()), line[139:150].strip() or "0"
    numbers = key + association + population
    is_number = numbers.isascii() and numbers.isdecimal()
    has_association = kind != MUNICIPALITY or len(association) == 4
    if not (is_number and name and has_association):
        raise BrokenFile(path, "key, name or population cannot be read", line=number)
    try:
        as_of = date(int(line[2:6]), int(line[6:8]), int(line[8:10]))
    except ValueError:
        raise BrokenFile(path, f"{line[2:10]!r} is no date", line=number) from None
    code = line[165:170].strip() if kind == MUNICIPALITY else ""
    people = int(population)
    return Record(number, kind, as_of, key, association, name, line[122:124], people, code)


def _key(record: Record) -> str:
    """Return the key under which the region of a record stands."""
    if record.kind != MUNICIPALITY:
        return record.key
    district = record.key[:5]
    if record.designation in MUNICIPAL_CITIES:
        return district
    return district + record.association + record.key[5:]


def _rows(path: Path, records: list[Record]) -> tuple[Row, ...]:
    inhabited = [record for record in records if record.designation != UNINHABITED]
    people: dict[str, int] = defaultdict(int)
    for record in inhabited:
        if record.kind == MUNICIPALITY:
            for digits in (2, 5):
                people[record.key[:digits]] += record.population
    # A district-free city is called as its municipality is: there the name is complete.
    cities = {
        _key(record): record.name for record in inhabited if record.designation in MUNICIPAL_CITIES
    }
    rows: dict[str, Row] = {}
    for record in sorted(inhabited, key=lambda record: (record.kind, record.key)):
        row = _row(replace(record, name=cities.get(record.key, record.name)), people)
        if row is None:
            continue
        if row.key in rows:
            raise BrokenFile(path, f"the key {row.key} appears twice", line=record.line)
        if row.parent is not None and row.parent not in rows:
            raise BrokenFile(path, f"{row.key} lies in the unknown {row.parent}", line=record.line)
        rows[row.key] = row
    parents = {row.parent for row in rows.values()}
    empty = [row.key for row in rows.values() if row.level == "state" and row.key not in parents]
    if len([row for row in rows.values() if row.level == "state"]) != STATES or empty:
        raise BrokenFile(
            path, f"does not hold the {STATES} states with their districts; is it cut?"
        )
    return tuple(rows.values())


def _row(record: Record, people: dict[str, int]) -> Row | None:
    name, title = _name_and_title(record.name)
    if record.kind == STATE:
        return Row(
            record.key, record.key, "state", None, record.name, record.name, people[record.key]
        )
    if record.kind == DISTRICT:
        full_name = _district_name(name, title, record.designation)
        parent, count = record.key[:2], people[record.key]
        return Row(record.key, record.key, "district", parent, name, full_name, count)
    if record.designation in MUNICIPAL_CITIES:
        return None  # stands once, as a district
    full_name = _municipality_name(name, title, record.designation)
    parent, count = record.key[:5], record.population
    return Row(_key(record), record.key, "municipality", parent, name, full_name, count)


def _name_and_title(text: str) -> tuple[str, str]:
    name, _, title = text.partition(",")
    return name.strip().removeprefix("Landkreis "), title.strip()


def _district_name(name: str, title: str, designation: str) -> str:
    if designation in CITIES:
        return f"{_title(title, 'Stadt')} {name}"
    if "kreis" in name.casefold() or name.startswith(("Region", "Städteregion")):
        return name
    return f"{'Kreis' if designation == KREIS else 'Landkreis'} {name}"


def _municipality_name(name: str, title: str, designation: str) -> str:
    usual = "Stadt" if designation in TOWNS else "Markt" if designation == MARKET else "Gemeinde"
    found = _title(title, usual)
    return name if name.startswith(f"{found} ") else f"{found} {name}"


def _title(title: str, usual: str) -> str:
    """Return the designation a place carries before its name; the usual one for mere epithets."""
    title = title.rsplit(", ", 1)[-1].strip()
    title = _ABBREVIATED.get(title, title)
    return title if title in _TITLES else usual
