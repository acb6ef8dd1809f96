"""Reads of the vocabularies."""

from collections.abc import Iterable
from functools import partial

from django.core.cache import cache

from newsroom.vocabularies.models import Term

# Seconds; the terms come from a file and change with the code.
REMEMBERED = 60


def label_map(vocabulary: str, language: str) -> dict[str, str]:
    """Return slug -> label in `language` of a whole vocabulary, remembered for a minute."""

    def read() -> dict[str, str]:
        terms = Term.objects.filter(vocabulary=vocabulary)
        return {term.slug: term.label(language) for term in terms}

    found = cache.get_or_set(f"terms:{vocabulary}:{language}", read, REMEMBERED)
    return dict(found or {})


def labels(vocabulary: str, slugs: Iterable[str], language: str) -> dict[str, str]:
    """Return slug -> label in `language` for the known ones of `slugs`."""
    terms = Term.objects.filter(vocabulary=vocabulary, slug__in=list(slugs))
    return {term.slug: term.label(language) for term in terms}


def labels_of(vocabulary: str) -> "partial[dict[str, str]]":
    """Return `labels` bound to one vocabulary, as the search facets want it."""
    return partial(labels, vocabulary)


def all_labels(terms: Iterable[Term]) -> tuple[str, ...]:
    """Return every label of the terms in every language, without doubles.

    Indexed with a document, so that an Arabic word for "language course" finds a German offer.
    """
    return tuple(dict.fromkeys(label for term in terms for label in term.labels.values()))
