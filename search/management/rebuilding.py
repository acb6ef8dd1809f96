"""What search_rebuild and search_rollback have in common."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import builds, client
from search.management.progress import ProgressBar
from search.params import languages
from search.rebuild import RebuildFailed, Rebuilt

PAUSE = 0.5  # seconds between two questions whether a dead builder's lease is over


class RebuildingCommand(BaseCommand):
    """Builds the index of one language after the other and shows how far it is."""

    # The check for old mappings would tell what is being mended.
    requires_system_checks: Any = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer --language."""
        parser.add_argument(
            "--language", action="append", choices=languages(), help="only this one; repeatable"
        )

    def build(self, language: str, work: Callable[..., Rebuilt | None]) -> None:
        """Do the work for one language and tell the outcome. Raises CommandError."""
        bar = ProgressBar(language, self.stderr)  # type: ignore[arg-type]
        deadline = time.monotonic() + 1.25 * builds.LEASE.total_seconds()
        try:
            while (done := work(language, now=timezone.now(), progress=bar)) is None:
                # Whoever was killed holds the lease a little longer.
                if time.monotonic() > deadline:
                    raise CommandError(f"{language}: somebody else is building it right now.")
                time.sleep(PAUSE)
        except (client.SearchUnavailable, builds.LeaseLost, RebuildFailed) as error:
            raise CommandError(f"{language}: {error}") from error
        finally:
            bar.end()
        self.stdout.write(f"{language}: {done.rows} rows in {done.index}")
        if done.refused:
            self.stderr.write(f"{language}: {done.refused} rows were refused; see the log")
