"""Import the official regions of Germany from the files as they are published.

The first argument is the list of municipalities of Destatis (GV100AD, text). Running the command
again with the same files changes nothing. A region that the list no longer has is ended, never
deleted: pages may refer to it. Everything happens in one transaction, or not at all.
"""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from newsroom.regions.importers.assembly import Files, read
from newsroom.regions.importers.files import BrokenFile
from newsroom.regions.importers.names_i18n import read_successors
from newsroom.regions.models import Change
from newsroom.regions.refresh import due, refresh_changed
from newsroom.regions.services import ImplausibleError, Loaded, load


class Command(BaseCommand):
    """Import the official regions of Germany from the files as they are published."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files and options."""
        parser.add_argument("gv100ad", type=Path, help="list of municipalities (GV100AD*.txt)")
        parser.add_argument("--coordinates", type=Path, help="quarterly extract (AuszugGV*.csv)")
        parser.add_argument(
            "--outlines",
            type=Path,
            action="append",
            default=[],
            help="GeoJSON of the BKG (repeatable)",
        )
        parser.add_argument("--postal-codes", type=Path, help="postal codes of GeoNames (zip)")
        parser.add_argument(
            "--names",
            type=Path,
            action="append",
            default=[],
            help="table key,language,name of names in other languages; may be repeated",
        )
        parser.add_argument(
            "--successors", type=Path, help="table key,successor: what ended regions became"
        )
        parser.add_argument(
            "--max-ended",
            type=int,
            default=400,
            help="refuse a list that would end more regions than this (default 400)",
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing, say what would")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        started = time.monotonic()
        files = Files(
            gv100ad=options["gv100ad"],
            coordinates=options["coordinates"],
            outlines=tuple(options["outlines"]),
            postal_codes=options["postal_codes"],
            names=tuple(options["names"]),
        )
        now = timezone.now()
        is_dry = options["dry_run"]
        try:
            self._step("reading the files")
            table = read(files)
            successors = read_successors(options["successors"]) if options["successors"] else {}
            with transaction.atomic():
                loaded = load(
                    table=table,
                    now=now,
                    successors=successors,
                    max_ended=options["max_ended"],
                    progress=self._step,
                )
                transaction.set_rollback(is_dry)
        except (BrokenFile, ImplausibleError, LookupError) as error:
            raise CommandError(f"{error} (nothing was changed)") from error
        self._report(loaded, is_dry=is_dry)
        for origin in table.origins:
            self.stdout.write(f"  {origin.notice}")
        if not is_dry:
            self._step("refreshing what search shows of changed regions")
            while due(now=now).exists():
                refresh_changed(now=now)
            if Change.objects.exists():
                self.stderr.write("Some documents failed, see the log: the worker tries again.")
        self.stdout.write(f"{time.monotonic() - started:.1f} s")

    def _step(self, name: str) -> None:
        self.stdout.write(f"… {name}")

    def _report(self, loaded: Loaded, *, is_dry: bool) -> None:
        if not loaded:
            self.stdout.write("Nothing has changed: the gazetteer is as these files say.")
            return
        verb = "would be" if is_dry else "were"
        self.stdout.write(
            f"Regions: {loaded.added} {verb} added, {loaded.changed} changed, {loaded.ended} "
            f"ended. Rows: {loaded.names} names, {loaded.postal_codes} postal codes, "
            f"{loaded.outlines} outlines."
        )
