"""What an import brings: the whole list of regions as plain values, before the database sees it."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One region as the sources describe it; fields as in models.Region.

    `latitude` and `longitude` are None where no source has them: what is stored stays.
    """

    key: str
    ags: str
    level: str
    parent: str | None
    name: str
    full_name: str
    population: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The border of a region in the plane of regions.geometry, and which regions it touches."""

    path: str
    left: int
    top: int
    right: int
    bottom: int
    touches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that was read: its name in the gazetteer, digest, date and the notice to print."""

    name: str
    sha256: str
    as_of: date | None
    notice: str


@dataclass(frozen=True, slots=True)
class Table:
    """A list of regions with what belongs to them.

    `names` maps key -> language -> name, `aliases` key -> further whole names, `villages` key ->
    names of places in it. What is None was not read and stays as it is stored. `is_complete` says
    that what the list lacks has ended, on the day `as_of`.
    """

    rows: tuple[Row, ...]
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    postal_codes: frozenset[tuple[str, str]] | None = None
    villages: dict[str, tuple[str, ...]] | None = None
    shapes: dict[str, Shape] | None = None
    origins: tuple[Origin, ...] = ()
    is_complete: bool = False
    as_of: date | None = None
