"""Propose parts of German compounds from the documents of this site."""

from typing import Any

from django.core.management.base import BaseCommand

from search import word_parts
from search.compounds import proposals
from search.models import SearchDocument


class Command(BaseCommand):
    """Print parts that the list does not have, each with the number of compounds it ends."""

    help = (
        "Propose parts of German compounds from this site's documents (search/words/parts.de.txt)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all German documents and print what they propose; nothing is changed."""
        rows = SearchDocument.objects.filter(language__startswith="de", is_deleted=False)
        texts = rows.values_list("title", "summary", "body").iterator()
        joined = ("\n".join(row) for row in texts)
        for part, number in proposals(joined, known=word_parts.german()):
            self.stdout.write(f"{part} {number}")
