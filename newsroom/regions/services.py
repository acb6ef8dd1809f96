"""State changes of the gazetteer."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from newsroom.regions.models import PostalCode, Region
from newsroom.regions.names import spellings

DEMO_GAZETTEER = Path(__file__).parent / "data" / "demo_gazetteer.csv"
DEMO_NAMES = Path(__file__).parent / "data" / "names_i18n.csv"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load has written."""

    regions: int
    postal_codes: int


@transaction.atomic
def load_gazetteer(*, path: Path = DEMO_GAZETTEER, names: Path = DEMO_NAMES) -> Loaded:
    """Load a table of regions; running it again changes nothing.

    Columns: key, ags, level, parent, name, full_name, lat, lon, population, postal_codes (separated
    by spaces). A parent stands before its children. `names` has the columns key, language, name.
    """
    foreign = _foreign_names(names)
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: len(row["key"]))
    regions = [
        Region(
            key=row["key"],
            ags=row["ags"],
            level=row["level"],
            parent_id=row["parent"] or None,
            name=row["name"],
            full_name=row["full_name"],
            search_name="|" + "|".join(spellings(row["name"], row["full_name"])) + "|",
            names=foreign.get(row["key"], {}),
            latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None,
            population=int(row["population"] or 0),
        )
        for row in rows
    ]
    fields = [f.name for f in Region._meta.concrete_fields if f.name != "key"]
    Region.objects.bulk_create(
        regions, update_conflicts=True, unique_fields=["key"], update_fields=fields
    )
    codes = [
        PostalCode(code=code, region_id=row["key"])
        for row in rows
        for code in row["postal_codes"].split()
    ]
    PostalCode.objects.bulk_create(codes, ignore_conflicts=True)
    return Loaded(regions=len(regions), postal_codes=len(codes))


def _foreign_names(path: Path) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["key"], {})[row["language"]] = row["name"]
    return names
