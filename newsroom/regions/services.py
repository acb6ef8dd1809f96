"""State changes of the gazetteer: loading a list of regions, recording successors."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsroom.regions import names
from newsroom.regions.importers.names_i18n import ALIASES, NAMES, read_aliases, read_names
from newsroom.regions.models import Change, Outline, PostalCode, Region, RegionName, Source
from newsroom.regions.selectors import current
from newsroom.regions.table import Row, Shape, Table

DEMO_GAZETTEER = Path(__file__).parent / "data" / "demo_gazetteer.csv"
BATCH = 500  # rows a statement; SQLite allows some 32,000 values
# What of a region other documents show or are filed under.
SHOWN = ("name", "full_name", "parent_id", "names", "successor_id")

Progress = Callable[[str], None]


class ImplausibleError(ValueError):
    """A list would end more regions than a year's reforms do: it is cut, or another list."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows an import has added, changed, ended, and removed."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    names: int = 0
    postal_codes: int = 0
    outlines: int = 0

    def __bool__(self) -> bool:
        """Return whether anything has changed at all."""
        return any(getattr(self, each.name) for each in fields(self))


def load_gazetteer(*, path: Path = DEMO_GAZETTEER, names_path: Path = NAMES) -> Loaded:
    """Load the small list of the demo; running it again changes nothing.

    Where the official list has been imported, this one has nothing to say. Columns: key, ags,
    level, parent, name, full_name, lat, lon, population, postal_codes (separated by spaces).
    """
    if Source.objects.exists():
        return Loaded()
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: len(row["key"]))
    codes = {(code, row["key"]) for row in rows for code in row["postal_codes"].split()}
    listed = tuple(
        Row(
            key=row["key"],
            ags=row["ags"],
            level=row["level"],
            parent=row["parent"] or None,
            name=row["name"],
            full_name=row["full_name"],
            population=int(row["population"] or 0),
            latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None,
        )
        for row in rows
    )
    table = Table(
        rows=listed,
        names=read_names(names_path),
        aliases=read_aliases(ALIASES),
        postal_codes=frozenset(codes),
    )
    return load(table=table, now=timezone.now())


@transaction.atomic
def load(
    *,
    table: Table,
    now: datetime,
    successors: Mapping[str, str] | None = None,
    max_ended: int = 400,
    progress: Progress = lambda step: None,
) -> Loaded:
    """Bring the gazetteer in line with a table; return what that changed.

    Idempotent by key. What a complete table lacks is ended on its day. `successors` maps keys of
    ended regions to what they became. Leaves a Change for every region whose name or place is
    new to documents of search; the caller refreshes them (regions.refresh). Raises
    ImplausibleError when more than `max_ended` regions would end, and LookupError for unknown
    successors; nothing has changed then.
    """
    stored = Region.objects.in_bulk()
    before = {key: _shown(region) for key, region in stored.items()}
    progress("regions")
    added, changed = _write_regions(table, stored)
    ended = _end(table, stored, max_ended=max_ended) if table.is_complete else []
    _write_successors(successors or {}, stored)
    Change.objects.bulk_create(
        [
            Change(region_id=key, changed_at=now)
            for key, shown in before.items()
            if _shown(stored[key]) != shown
        ],
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["changed_at", "done_until"],
        batch_size=BATCH,
    )
    progress("names")
    typed = _write_names(table.aliases)
    progress("postal codes")
    codes = _write_postal_codes(table.postal_codes)
    progress("outlines")
    outlines = _write_outlines(table.shapes)
    for origin in table.origins:
        Source.objects.update_or_create(
            name=origin.name,
            defaults={"sha256": origin.sha256, "as_of": origin.as_of, "notice": origin.notice},
            create_defaults={
                "sha256": origin.sha256,
                "as_of": origin.as_of,
                "notice": origin.notice,
                "imported_at": now,
            },
        )
    return Loaded(
        added=len(added),
        changed=len(changed),
        ended=len(ended),
        names=typed,
        postal_codes=codes,
        outlines=outlines,
    )


def _shown(region: Region) -> tuple[Any, ...]:
    return tuple(getattr(region, name) for name in SHOWN)


def _write_regions(table: Table, stored: dict[str, Region]) -> tuple[list[Region], list[Region]]:
    """Store what is new or different; complete `stored`. Parents stand before children."""
    added, changed = [], []
    for row in table.rows:
        region = stored.get(row.key)
        values: dict[str, Any] = {
            "ags": row.ags,
            "level": row.level,
            "parent_id": row.parent,
            "name": row.name,
            "full_name": row.full_name,
            "population": row.population,
            "valid_until": None,
        }
        if row.latitude is not None:
            values |= {"latitude": row.latitude, "longitude": row.longitude}
        if region is None:
            region = stored[row.key] = Region(
                key=row.key, names=table.names.get(row.key, {}), **values
            )
            added.append(region)
            continue
        values["names"] = {**region.names, **table.names.get(row.key, {})}
        different = {name for name, value in values.items() if getattr(region, name) != value}
        if different:
            for name in different:
                setattr(region, name, values[name])
            changed.append(region)
    Region.objects.bulk_create(added, batch_size=BATCH)
    Region.objects.bulk_update(changed, [*values, "names"], batch_size=BATCH) if changed else None
    return added, changed


def _end(table: Table, stored: dict[str, Region], *, max_ended: int) -> list[Region]:
    listed = {row.key for row in table.rows}
    gone = [
        region for key, region in stored.items() if key not in listed and region.valid_until is None
    ]
    if len(gone) > max_ended:
        raise ImplausibleError(
            f"{len(gone)} regions of the gazetteer are not in the list; at most {max_ended} may end"
        )
    for region in gone:
        region.valid_until = table.as_of
    Region.objects.bulk_update(gone, ["valid_until"], batch_size=BATCH)
    return gone


def _write_successors(successors: Mapping[str, str], stored: dict[str, Region]) -> None:
    changed = []
    for old, new in successors.items():
        if old not in stored or new not in stored:
            raise LookupError(f"successor of {old}: {new if old in stored else old} is unknown")
        if stored[old].valid_until is None:
            raise LookupError(f"{old} ({stored[old].full_name}) has not ended")
        if stored[old].successor_id != new:
            stored[old].successor_id = new
            changed.append(stored[old])
    for old in successors:
        seen = {old}
        at: str | None = stored[old].successor_id
        while at is not None:
            if at in seen:
                raise LookupError(f"the successors of {old} go round in a ring")
            seen.add(at)
            at = stored[at].successor_id
    Region.objects.bulk_update(changed, ["successor"], batch_size=BATCH)


def _write_names(aliases: Mapping[str, tuple[str, ...]]) -> int:
    """Bring the typed names in line with the regions; return how many rows that changed."""
    wanted: dict[tuple[str, str], tuple[int, int]] = {}
    regions = Region.objects.select_related("successor__successor__successor")
    # The valid first: where an old name says less than a present one, the present one stays.
    for region in sorted(regions, key=lambda region: region.valid_until is not None):
        today = current(region)
        if today.valid_until is not None:
            continue  # ended without successor: nobody is looking for it
        found = names.spellings(
            region.name,
            region.full_name,
            region.level,
            aliases=aliases.get(region.key, ()),
            foreign=region.names.values(),
        )
        for key, rank in found.items():
            wanted.setdefault((today.key, key), (int(rank), today.population))
    stored = {
        (region, key): (pk, rank, population)
        for pk, region, key, rank, population in RegionName.objects.values_list(
            "pk", "region_id", "key", "rank", "population"
        )
    }
    gone = [value[0] for name, value in stored.items() if wanted.get(name) != (value[1], value[2])]
    new = [name for name, value in wanted.items() if stored.get(name, (0, -1, -1))[1:] != value]
    for batch in _batches(gone):
        RegionName.objects.filter(pk__in=batch).delete()
    RegionName.objects.bulk_create(
        [
            RegionName(
                region_id=region,
                key=key,
                reverse=key[::-1],
                rank=wanted[region, key][0],
                population=wanted[region, key][1],
            )
            for region, key in new
        ],
        batch_size=BATCH,
    )
    return len(gone) + len(new)


def _write_postal_codes(pairs: frozenset[tuple[str, str]] | None) -> int:
    if pairs is None:
        return 0
    stored = {
        (code, region): pk
        for pk, code, region in PostalCode.objects.values_list("pk", "code", "region_id")
    }
    gone = [pk for pair, pk in stored.items() if pair not in pairs]
    new = [PostalCode(code=code, region_id=key) for code, key in sorted(pairs - stored.keys())]
    for batch in _batches(gone):
        PostalCode.objects.filter(pk__in=batch).delete()
    PostalCode.objects.bulk_create(new, batch_size=BATCH)
    return len(gone) + len(new)


def _write_outlines(shapes: Mapping[str, Shape] | None) -> int:
    if shapes is None:
        return 0
    stored = {outline.region_id: outline for outline in Outline.objects.all()}
    known = set(Region.objects.values_list("key", flat=True))
    wanted = {key: _outline(key, shape) for key, shape in shapes.items() if key in known}
    columns = [field.attname for field in Outline._meta.concrete_fields]
    new = [
        outline
        for key, outline in wanted.items()
        if key not in stored
        or any(getattr(stored[key], name) != getattr(outline, name) for name in columns)
    ]
    gone = stored.keys() - wanted.keys()
    Outline.objects.filter(pk__in=gone).delete()
    Outline.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=[name for name in columns if name != "region_id"],
        batch_size=BATCH,
    )
    return len(gone) + len(new)


def _outline(key: str, shape: Shape) -> Outline:
    return Outline(
        region_id=key,
        path=shape.path,
        left=shape.left,
        top=shape.top,
        right=shape.right,
        bottom=shape.bottom,
        touches=list(shape.touches),
    )


def _batches(items: Iterable[Any]) -> Iterable[list[Any]]:
    rest = list(items)
    return (rest[start : start + BATCH] for start in range(0, len(rest), BATCH))
