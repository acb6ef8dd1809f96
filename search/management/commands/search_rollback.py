"""Go back to the search indices that served before the last rebuild."""

from typing import Any

from search import client
from search.management.rebuilding import RebuildingCommand
from search.params import languages
from search.rebuild import roll_back


class Command(RebuildingCommand):
    """Bring the former indices up to date and let them serve again."""

    help = (
        "Go back to the indices that served before the last search_rebuild: what has changed "
        "since is shipped to them first, and the search goes on meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go back in one language after the other."""
        if not client.is_configured():
            self.stdout.write("No Elasticsearch is configured; there is nothing to go back to.")
            return
        for language in options["language"] or languages():
            self.build(language, roll_back)
