"""Write the public offers as the sheet that import_offers reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from newsroom.members.sheets.writing import write
from newsroom.offers.selectors import public_offers
from newsroom.offers.sheet import columns, rows


class Command(BaseCommand):
    """Write a CSV file; no cell of it is taken for a formula."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="where to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        found = public_offers(language="de", now=timezone.now()).order_by("path")
        with options["file"].open("w", encoding="utf-8-sig", newline="") as file:
            count = write(file, columns(), rows(found))
        self.stdout.write(f"{count} offers written.")
