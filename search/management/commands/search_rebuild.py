"""Build the search indices anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import client
from search.params import languages
from search.rebuild import RebuildFailed, rebuild


class Command(BaseCommand):
    """Fill new indices from the table and swap them in; the search goes on meanwhile."""

    help = "Build the search indices anew from the table, without interrupting the search."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer --language."""
        parser.add_argument(
            "--language", action="append", choices=languages(), help="only this one; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild one language after the other."""
        if not client.is_configured():
            self.stdout.write("No Elasticsearch is configured; there is nothing to rebuild.")
            return
        for language in options["language"] or languages():
            try:
                done = rebuild(language, now=timezone.now())
            except (client.SearchUnavailable, RebuildFailed) as error:
                raise CommandError(f"{language}: {error}") from error
            if done is None:
                raise CommandError(f"{language}: somebody else is rebuilding it right now.")
            self.stdout.write(f"{language}: {done.rows} rows in {done.index}")
            if done.refused:
                self.stderr.write(f"{language}: {done.refused} rows were refused; see the log")
