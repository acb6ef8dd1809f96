"""Build the house on an empty database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.setup.services import answer_new_languages, build_house


class Command(BaseCommand):
    """Create languages, tree, roles, workflow and vocabularies; running it again is harmless."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        house = build_house(now=timezone.now())
        answer_new_languages(house=house, now=timezone.now())
        self.stdout.write(f"The house stands: {house.home.title}")
