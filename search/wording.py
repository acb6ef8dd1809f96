"""The clauses for the words of a question: all of them, any of them, those of a sentence.

Pure functions. A reader's text stands only where Elasticsearch takes it as words to analyse.
"""

from collections.abc import Sequence
from typing import Any

from search import normalise
from search.results import Criteria
from search.shape import content_words

Body = dict[str, Any]

TEXT_FIELDS = ["title^3", "summary^1.5", "labels", "body"]
TYPED_FIELDS = ["title.plain^3", "summary.plain^1.5", "labels.plain", "body.plain"]
ALL_WORDS, ALL_FORGIVEN = 60, 30  # added to scores, so that any word never comes before all words
TYPED = 2.0  # of a word in the form that was typed, beside its stem
SLOP = 3  # places by which words may stand apart, or in another order, and still be a phrase
TRANSLATED = 2.0  # of a known term, beside its untranslated words
MAX_FORGIVEN = 8  # words of a short question whose typing errors are forgiven


def all_words(criteria: Criteria) -> Body:
    """Match documents with all words, as they are typed, by name or by meaning."""
    q = criteria.q
    return {
        "bool": {
            "must": [{"dis_max": {"queries": [_every(q), _names(q), *_same_meaning(criteria)]}}],
            "should": [{"match_phrase": {"title": {"query": q, "slop": SLOP}}}, *_as_typed(q)],
        }
    }


def any_word(criteria: Criteria) -> Body:
    """Match documents with any word, typing errors forgiven; those with all words on top."""
    q = criteria.q
    return {
        "bool": {
            "should": [
                # What has all words stays on top, then what has them with typing errors.
                {"constant_score": {"filter": _every(q), "boost": ALL_WORDS}},
                *_all_forgiven(criteria),
                {"combined_fields": {"query": q, "fields": TEXT_FIELDS, "operator": "or"}},
                *map(_forgiven, criteria.mistyped[:MAX_FORGIVEN]),
                {"match_phrase": {"title": {"query": q}}},
                *_as_typed(q),
                *_same_meaning(criteria),
            ],
            "minimum_should_match": 1,
        }
    }


def sentence(criteria: Criteria) -> Body:
    """Match documents that share content words with a whole sentence."""
    q = content_words(criteria.q, criteria.language)
    return {
        "bool": {
            "should": [
                {"combined_fields": {"query": q, "fields": TEXT_FIELDS, "operator": "or"}},
                {"match": {"title": {"query": q, "boost": 0.3}}},
                *_translated(criteria, operator="should"),
                *_synonyms(criteria),
                *map(_any_term, criteria.meant),
            ],
            "minimum_should_match": 1,
        }
    }


def _every(q: str) -> Body:
    return {"combined_fields": {"query": q, "fields": TEXT_FIELDS, "operator": "and"}}


def _all_forgiven(criteria: Criteria) -> list[Body]:
    """Match documents with all words, of which those that no document has may be mistyped."""
    wrong = criteria.mistyped[:MAX_FORGIVEN]
    if not wrong:
        return []
    right = " ".join(word for word in normalise.words(criteria.q) if word not in wrong)
    every = [*map(_forgiven, wrong), *([_every(right)] if right else [])]
    return [{"constant_score": {"filter": {"bool": {"must": every}}, "boost": ALL_FORGIVEN}}]


def _forgiven(word: str) -> Body:
    """Match a word with typing errors, but never a wrong first letter."""
    return {
        "multi_match": {
            "query": word,
            "fields": ["title^2", "summary", "body"],
            "fuzziness": "AUTO:4,8",
            "prefix_length": 1,
            "max_expansions": 20,
            "boost": 0.6,
        }
    }


def _as_typed(q: str) -> list[Body]:
    """Prefer the very form that was typed: no stems, no parts of compounds.

    All the words above some, side by side above apart; one word has neither.
    """
    words: Body = {"query": q, "fields": TYPED_FIELDS}
    wishes: list[Body] = [{"combined_fields": {**words, "operator": "or", "boost": TYPED}}]
    if len(q.split()) > 1:
        wishes.append({"combined_fields": {**words, "operator": "and"}})
        wishes.append({"match_phrase": {"body": {"query": q, "slop": SLOP}}})
    return wishes


def _same_meaning(criteria: Criteria) -> list[Body]:
    """Match all words by their synonyms, translations and vocabularies."""
    groups = criteria.groups
    clauses = [_foreign_labels(criteria.q), *_translated(criteria, operator="must")]
    if any(group.own for group in groups):
        every = [
            _any_term([" ".join(group.words), *group.own]) if group.own
            else _every(" ".join(group.words))
            for group in groups
        ]  # fmt: skip
        clauses.append({"bool": {"must": every, "boost": 0.8}})
    return clauses


def _synonyms(criteria: Criteria) -> list[Body]:
    return [_any_term(group.own, boost=0.2) for group in criteria.groups if group.own]


def _translated(criteria: Criteria, *, operator: str) -> list[Body]:
    """Match documents of the source language by the words of the question in that language."""
    known = [group.source for group in criteria.groups if group.source]
    if not known or (operator == "must" and len(known) < len(criteria.groups)):
        return []
    clause: Body = {
        "boost": TRANSLATED,
        "filter": [{"term": {"language": criteria.source_language}}],
        operator: [_any_term(terms) for terms in known],
    }
    if operator == "should":
        clause["minimum_should_match"] = 1
    return [{"bool": clause}]


def _any_term(terms: Sequence[str], boost: float = 1.0) -> Body:
    return {"dis_max": {"queries": [_every(term) for term in terms], "boost": boost}}


def _names(q: str) -> Body:
    """Match names exactly as typed: no stemmer, no stop words ("Die Brücke")."""
    return {"match": {"title.plain": {"query": q, "operator": "and"}}}


def _foreign_labels(q: str) -> Body:
    """Match labels of closed vocabularies, which every document carries in all languages."""
    return {"match": {"labels.plain": {"query": q, "operator": "and", "boost": 0.5}}}
