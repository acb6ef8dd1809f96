"""Reads of the vocabularies."""

from collections.abc import Iterable
from functools import partial

from newsroom.vocabularies.models import Term


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
