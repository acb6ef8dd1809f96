"""State changes of the vocabularies."""

import json
from pathlib import Path

from newsroom.vocabularies.models import Term

TERMS = Path(__file__).parent / "data" / "terms.json"


def load_terms(*, path: Path = TERMS) -> int:
    """Bring the table to what the file says; return how many terms it has.

    The file is {vocabulary: [{"slug", "labels": {language: label}, "iptc": [...]}]}. Running it
    again changes nothing. A term that left the file stays, for the pages that carry it.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    terms = [
        Term(vocabulary=vocabulary, sort_order=order, **entry)
        for vocabulary, entries in content.items()
        for order, entry in enumerate(entries)
    ]
    Term.objects.bulk_create(
        terms,
        update_conflicts=True,
        unique_fields=["vocabulary", "slug"],
        update_fields=["labels", "iptc", "sort_order"],
    )
    return len(terms)
