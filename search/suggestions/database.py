"""Suggest documents from the database: the words of their titles stand in the table of terms."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from search.models import SearchDocument, SearchTerm
from search.results import Criteria, Found
from search.suggestions.words import typed_words

# Words that begin as typed; of two letters there are many more than anybody could mean.
LOOKED_AT = 4_000


def documents(criteria: Criteria) -> list[Found]:
    """Return documents with a title or name whose words begin as those typed, the newest first.

    The reader's own language comes before others.
    """
    words = sorted(typed_words(criteria.q), key=len, reverse=True)
    return with_words(criteria, [begins(word) for word in words]) if words else []


def with_words(criteria: Criteria, wanted: Sequence[Q]) -> list[Found]:
    """Return documents that have, for each condition, a word in title or names that meets it.

    Of the criteria language, time and size count.
    """
    now = criteria.now
    found = SearchDocument.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=now),
        is_deleted=False,
        visible_from__lte=now,
    )
    # The first condition leads; of the few that meet it the rest is asked one by one. Nearly every
    # document answers for a language: a list of those would be made first.
    first, *others = wanted
    found = found.filter(_has(f"answers_for:{criteria.language}", Q()), pk__in=_with("word", first))
    for each in others:
        found = found.filter(_has("word", each))
    found = found.order_by(_rank(criteria.language), "-published_at", "-pk")
    rows = found.values_list("kind", "item", "language", "version")[: criteria.size]
    return [Found(f"{kind}/{item}/{code}", version, None) for kind, item, code, version in rows]


def _with(field: str, wanted: Q) -> QuerySet[SearchTerm, Any]:
    terms = SearchTerm.objects.filter(wanted, field=field).order_by("value", "document_id")
    return terms.values("document_id")[:LOOKED_AT]


def _has(field: str, wanted: Q) -> Exists:
    return Exists(SearchTerm.objects.filter(wanted, field=field, document=OuterRef("pk")))


def begins(word: str) -> Q:
    """Return the condition "begins with the word" in the form whose index the database can use."""
    if connection.vendor == "sqlite":  # its LIKE reads every row
        return Q(value__gte=word, value__lt=f"{word}\U0010ffff")
    return Q(value__startswith=word)


def _rank(language: str) -> Case:
    base = language.partition("-")[0]
    return Case(
        When(language=language, then=Value(0)),
        When(language=base, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
