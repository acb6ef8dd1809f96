"""Compare every live page with its approval."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.approval import verify


class Command(BaseCommand):
    """Print every live page that is not what was approved; exit 1 if there is any."""

    help = "Compare every live page, its pictures and its people with its receipt."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, with progress where somebody watches."""
        total, differences = verify.live_pages().count(), 0
        for done, (_page_id, found) in enumerate(verify.verify(), start=1):
            for difference in found:
                differences += 1
                self.stdout.write(f"page {difference.page_id} {difference.what}")
            if self.stderr.isatty() and done % 100 == 0:
                self.stderr.write(f"{done} of {total} pages", ending="\r")
        self.stdout.write(f"{differences} differences on {total} live pages")
        if differences:
            raise CommandError("What is live is not what was approved.", returncode=1)
