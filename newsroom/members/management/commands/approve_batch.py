"""Approve everything of an import that still waits, as a person who had no part in it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.members.batch_approval import approve_batch
from newsroom.members.commands import account
from newsroom.members.models import Batch


class Command(BaseCommand):
    """Lead each item through its own four-eyes task; one receipt an item."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("batch", type=int, help="number of the batch")
        parser.add_argument("--by", required=True, help="user name of the person who approves")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command. Raises CommandError when an item was refused."""
        batch = Batch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"There is no batch {options['batch']}.")
        decisions = approve_batch(batch=batch, by=account(options["by"]))
        refused = [decision for decision in decisions if not decision.is_approved]
        self.stdout.write(f"{len(decisions) - len(refused)} approved, {len(refused)} refused.")
        if refused:
            raise CommandError("\n".join(f"{d.page}: {d.reason}" for d in refused[:50]))
