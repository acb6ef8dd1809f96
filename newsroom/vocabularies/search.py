"""Tell search about the closed vocabularies a reader can filter by."""

from functools import partial

from newsroom.vocabularies.models import Term
from newsroom.vocabularies.selectors import label_map, labels_of
from search.registry import Facet, register_facet


def register() -> None:
    """Register a facet for each vocabulary. Called once, when Django starts."""
    for vocabulary in Term.Vocabulary:
        register_facet(
            Facet(
                name=vocabulary.value,
                label=vocabulary.label,
                labels=labels_of(vocabulary.value),
                is_fixed=True,
                values=partial(label_map, vocabulary.value),
            )
        )
