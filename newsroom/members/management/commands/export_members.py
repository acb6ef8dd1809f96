"""Write the public members as the sheet that import_members reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from newsroom.members.models import MemberPage
from newsroom.members.selectors import public_members
from newsroom.members.sheet import columns, rows
from newsroom.members.sheets.writing import write


class Command(BaseCommand):
    """Write a CSV file; no cell of it is taken for a formula."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="where to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        pages = MemberPage.objects.filter(locale__language_code="de")
        found = public_members(pages, now=timezone.now()).prefetch_related("fields_of_action")
        with options["file"].open("w", encoding="utf-8-sig", newline="") as file:
            count = write(file, columns(), rows(found))
        self.stdout.write(f"{count} members written.")
