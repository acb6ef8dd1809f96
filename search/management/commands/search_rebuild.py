"""Build the search indices anew."""

from typing import Any

from search import client
from search.management.rebuilding import RebuildingCommand
from search.params import languages
from search.rebuild import rebuild


class Command(RebuildingCommand):
    """Fill new indices from the table and swap them in; the search goes on meanwhile."""

    help = (
        "Build the search indices anew from the table, without interrupting the search. "
        "Goes on where a killed rebuild stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild one language after the other."""
        if not client.is_configured():
            self.stdout.write("No Elasticsearch is configured; there is nothing to rebuild.")
            return
        for language in options["language"] or languages():
            self.build(language, rebuild)
