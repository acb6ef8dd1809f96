"""Bring the rows of the gazetteer in line with a table: write what is new, remove what is gone."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsroom.regions import names
from newsroom.regions.models import Outline, PostalCode, Region, RegionName
from newsroom.regions.selectors import today
from newsroom.regions.table import Shape, Table

BATCH = 500  # rows a statement; SQLite allows some 32,000 values


def write_regions(table: Table, stored: dict[str, Region]) -> tuple[list[Region], list[Region]]:
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


def write_names(
    aliases: Mapping[str, tuple[str, ...]], villages: Mapping[str, tuple[str, ...]] | None = None
) -> int:
    """Bring the typed names in line with the regions; return how many rows that changed.

    `villages` None: the names of places in regions stay as they are stored.
    """
    wanted: dict[tuple[str, str], tuple[int, int]] = {}
    # The valid first: where an old name says less than a present one, the present one stays.
    for region in sorted(Region.objects.all(), key=lambda region: region.valid_until is not None):
        bearers = [each for each in today(region) if each.valid_until is None]
        if not bearers:
            continue  # ended without successor: nobody is looking for it
        found = names.spellings(
            region.name,
            region.full_name,
            region.level,
            aliases=aliases.get(region.key, ()),
            foreign=region.names.values(),
            villages=(villages or {}).get(region.key, ()),
        )
        for key, rank in found.items():
            for bearer in bearers:
                wanted.setdefault((bearer.key, key), (int(rank), bearer.population))
    stored = {
        (region, key): (pk, rank, population)
        for pk, region, key, rank, population in RegionName.objects.values_list(
            "pk", "region_id", "key", "rank", "population"
        )
    }
    if villages is None:
        kept = RegionName.Rank.VILLAGE
        stored = {name: value for name, value in stored.items() if value[1] != kept}
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


def write_postal_codes(pairs: frozenset[tuple[str, str]] | None) -> int:
    """Replace the stored pairs (code, key), unless None was read; return how many rows changed."""
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


def write_outlines(shapes: Mapping[str, Shape] | None) -> int:
    """Replace the stored outlines, unless None was read; return how many rows changed."""
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
