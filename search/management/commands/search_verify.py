"""Compare the search index with its table."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import client, verify


class Command(BaseCommand):
    """Print every key on which index and table disagree; exit 1 if any is left."""

    help = "Compare the search index with its table by key, version and content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer --repair."""
        parser.add_argument("--repair", action="store_true", help="make the index agree")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, perhaps repair and compare again."""
        if not client.is_configured():
            self.stdout.write("No Elasticsearch is configured; the database answers by itself.")
            return
        try:
            if options["repair"]:
                self.stdout.write(f"{verify.repair(clock=timezone.now)} differences repaired")
            count = 0
            for found in verify.verify():
                count += 1
                versions = f"table {found.table_version}, index {found.index_version}"
                self.stdout.write(f"{found.what:8} {found.key} ({versions})")
        except client.SearchUnavailable as error:
            raise CommandError(f"Elasticsearch does not answer: {error}", returncode=2) from error
        self.stdout.write(f"{count} differences")
        if count:
            raise CommandError("Index and table disagree; see --repair.", returncode=1)
