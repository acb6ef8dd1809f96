"""The centres of municipalities, from the quarterly extract of Destatis (AuszugGV4Q)."""

from pathlib import Path

from newsroom.regions.geometry import Point
from newsroom.regions.importers.files import BrokenFile, content, decoded, digest, number, table
from newsroom.regions.table import Origin

COLUMNS = (
    "satzart", "land", "rb", "kreis", "gemeinde", "gemeindename", "laengengrad", "breitengrad",
)  # fmt: skip
MUNICIPALITY = "60"


def read(path: Path) -> tuple[dict[str, Point], Origin]:
    """Return AGS -> (latitude, longitude) in degrees. Raises BrokenFile."""
    data = content(path)
    centres: dict[str, Point] = {}
    for line, row in table(path, decoded(path, data), COLUMNS):
        if row["satzart"] != MUNICIPALITY or not row["breitengrad"]:
            continue
        ags = row["land"] + row["rb"] + row["kreis"] + row["gemeinde"]
        if len(ags) != 8 or not (ags.isascii() and ags.isdecimal()):
            raise BrokenFile(path, f"{ags[:40]!r} is no municipality key", line=line)
        latitude, longitude = (
            number(path, line, name, row[name].replace(",", "."), float)
            for name in ("breitengrad", "laengengrad")
        )
        if latitude == longitude == 0:
            continue  # the file's way to say that it has none
        if not (47 < latitude < 56 and 5 < longitude < 16):
            raise BrokenFile(path, f"{latitude}, {longitude} does not lie in Germany", line=line)
        centres[ags] = (latitude, longitude)
    if not centres:
        raise BrokenFile(path, "holds no municipality with coordinates")
    notice = "© Statistisches Bundesamt (Destatis), GV-ISys (quarterly extract); data changed"
    return centres, Origin("coordinates", digest(data), None, notice)
