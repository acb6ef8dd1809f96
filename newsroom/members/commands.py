"""What the commands of sheets share: options, report, progress."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom.members.drafts import Draft, Outcome, RowError, all_or_nothing, silent, store
from newsroom.members.sheets.columns import Column, Entry, Problem, parse
from newsroom.members.sheets.reading import Sheet, SheetError, read
from newsroom.members.sheets.writing import template

SHOWN_PROBLEMS = 200

Drafts = Callable[[Sequence[Entry]], tuple[list[Draft], list[Problem]]]


class SheetCommand(BaseCommand):
    """Import a sheet: read, check all of it, write drafts in one transaction, submit them."""

    # What the sheet is of.
    columns: Callable[[], list[Column]]
    drafts: Drafts

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("file", nargs="?", type=Path, help="a .csv or .xlsx file")
        parser.add_argument("--by", help="user name of the person who imports and submits")
        parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")
        parser.add_argument(
            "--template", action="store_true", help="print an empty sheet with an example"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command. Raises CommandError naming every mistake; then nothing was changed."""
        if options["template"]:
            template(self.stdout, type(self).columns())  # type: ignore[arg-type]
            return
        if options["file"] is None or not options["by"]:
            raise CommandError("Name a file and, with --by, the person who imports it.")
        by = account(options["by"])
        outcome = Outcome()
        try:
            with all_or_nothing(is_dry_run=options["dry_run"]):
                self.import_file(options["file"], by, outcome)
        except RowError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        self.stdout.write(report(outcome, is_dry_run=options["dry_run"]))

    def import_file(self, path: Path, by: Any, outcome: Outcome) -> None:
        """Read and store a file, in the caller's transaction. Raises CommandError, RowError."""
        try:
            sheet = read(path)
        except SheetError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.import_sheet(sheet, path.name, by, outcome)

    def import_sheet(self, sheet: Sheet, name: str, by: Any, outcome: Outcome) -> None:
        """Check all rows of a sheet and store them. Raises CommandError naming every mistake."""
        entries, problems = parse(sheet, type(self).columns())
        refuse(problems)
        drafts, problems = type(self).drafts(entries)
        refuse(problems)
        self.save(drafts, name, by, outcome)

    def save(self, drafts: list[Draft], name: str, by: Any, outcome: Outcome) -> None:
        """Store drafts, with progress where somebody watches."""
        progress = bar(self.stderr) if sys.stderr.isatty() else silent
        store(drafts, name=name, by=by, now=timezone.now(), progress=progress, outcome=outcome)


def report(outcome: Outcome, *, is_dry_run: bool) -> str:
    """Return what an import did, in a sentence or two."""
    counts = f"{outcome.created} new, {outcome.changed} changed, {outcome.unchanged} unchanged"
    if is_dry_run:
        return f"Dry run: {counts}. Nothing was changed."
    if outcome.batch is None:
        return f"{counts}. There is nothing to approve."
    return f"{counts}. Batch {outcome.batch.pk} waits for another person."


def refuse(problems: Sequence[Problem]) -> None:
    """Raise CommandError when there are problems, naming them row by row."""
    if not problems:
        return
    lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
    if len(problems) > SHOWN_PROBLEMS:
        lines.append(f"… and {len(problems) - SHOWN_PROBLEMS} more")
    raise CommandError("\n".join([*lines, f"{len(problems)} mistakes. Nothing was changed."]))


def account(name: str) -> Any:
    """Return the active account of a user name. Raises CommandError."""
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account “{name}”.")
    return user


def bar(stream: Any) -> Callable[[int, int], None]:
    """Return a progress bar on a terminal."""

    def show(done: int, total: int) -> None:
        width = 30 * done // max(total, 1)
        end = "\n" if done == total else ""
        stream.write(f"\r[{'#' * width:<30}] {done}/{total}{end}", ending="")

    return show
