"""State changes of the gazetteer: loading a list of regions, recording successors."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsroom.regions.importers.names_i18n import ALIASES, NAMES, read_aliases, read_names
from newsroom.regions.models import Change, Region, Source
from newsroom.regions.rows import (
    BATCH,
    write_names,
    write_outlines,
    write_postal_codes,
    write_regions,
)
from newsroom.regions.table import Row, Table

DEMO_GAZETTEER = Path(__file__).parent / "data" / "demo_gazetteer.csv"
# What of a region other documents show or are filed under.
SHOWN = ("name", "full_name", "parent_id", "names")

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
    successors: Mapping[str, tuple[str, ...]] | None = None,
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
    added, changed = write_regions(table, stored)
    ended = _end(table, stored, max_ended=max_ended) if table.is_complete else []
    moved = _write_successors(successors or {}, stored)
    Change.objects.bulk_create(
        [
            Change(region_id=key, changed_at=now)
            for key, shown in before.items()
            if _shown(stored[key]) != shown or key in moved
        ],
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["changed_at", "done_until", "failed", "next_attempt_at"],
        batch_size=BATCH,
    )
    progress("names")
    typed = write_names(table.aliases, table.villages)
    progress("postal codes")
    codes = write_postal_codes(table.postal_codes)
    progress("outlines")
    outlines = write_outlines(table.shapes)
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


def _write_successors(
    successors: Mapping[str, tuple[str, ...]], stored: dict[str, Region]
) -> set[str]:
    """Store what ended regions became; return the keys of those where that is new.

    What a region became may have ended as well: chains are followed here to their ends, so that
    readers need one step.
    """
    for old, several in successors.items():
        for new in several:
            if old not in stored or new not in stored:
                raise LookupError(f"successor of {old}: {new if old in stored else old} is unknown")
        if stored[old].valid_until is None:
            raise LookupError(f"{old} ({stored[old].full_name}) has not ended")
    if not successors:
        return set()
    before: dict[str, set[str]] = {}
    pairs = Region.successors.through.objects.values_list("from_region_id", "to_region_id")
    for old, new in pairs:
        if stored[old].valid_until is not None:  # it may have come back
            before.setdefault(old, set()).add(new)
    steps = {**before, **{old: set(several) for old, several in successors.items()}}
    after = {old: _ends(old, steps) for old in steps}
    changed = {old for old, ends in after.items() if before.get(old) != ends}
    for old in sorted(changed):
        stored[old].successors.set([stored[new] for new in sorted(after[old])])
    return changed


def _ends(old: str, steps: Mapping[str, set[str]], on_the_way: tuple[str, ...] = ()) -> set[str]:
    """Return where the steps from a region end. Raises LookupError when they go round in a ring."""
    if old in on_the_way:
        raise LookupError(f"the successors of {old} go round in a ring")
    if old not in steps:
        return {old}
    ends = (_ends(new, steps, (*on_the_way, old)) for new in sorted(steps[old]))
    return set().union(*ends)
