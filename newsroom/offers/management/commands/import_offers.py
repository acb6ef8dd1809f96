"""Import offers from a sheet or HSDS JSON: drafts, submitted as one batch. See docs/import.md."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from newsroom.members import sheet as members
from newsroom.members.commands import SheetCommand, refuse
from newsroom.members.drafts import Outcome
from newsroom.members.identity import find
from newsroom.members.models import MemberPage
from newsroom.members.sheets.columns import parse
from newsroom.members.sheets.reading import MAX_FILE
from newsroom.offers.hsds_reading import Reader
from newsroom.offers.sheet import columns, drafts


class Command(SheetCommand):
    """Read a .csv, .xlsx or HSDS .json file; report every mistake, or write it all as drafts."""

    help = __doc__
    columns = staticmethod(columns)
    drafts = staticmethod(drafts)

    def import_file(self, path: Path, by: Any, outcome: Outcome) -> None:
        """Read and store a file; of HSDS also the organizations that are not members yet."""
        if path.suffix.lower() != ".json":
            super().import_file(path, by, outcome)
            return
        reader = Reader()
        reader.read(_json(path))
        refuse(reader.problems)
        member_sheet, offer_sheet = reader.sheets()
        entries, problems = parse(member_sheet, members.columns())
        known = find(MemberPage, [row.cells["external_id"] for row in member_sheet.rows])
        new = [row.number for row in member_sheet.rows if row.cells["external_id"] not in known]
        refuse([problem for problem in problems if problem.row in new])
        found, problems = members.drafts([entry for entry in entries if entry.row in new])
        refuse(problems)
        self.save(found, path.name, by, outcome)
        self.import_sheet(offer_sheet, path.name, by, outcome)


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_FILE:
            raise CommandError(f"The file is bigger than {MAX_FILE} bytes. Nothing was changed.")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"The file is no valid JSON: {error}. Nothing was changed.") from error
