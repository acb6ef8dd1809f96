"""Build the bodies of Elasticsearch requests: pure functions, plain dicts.

A reader's text stands only where Elasticsearch takes it as words to analyse, never in a
query_string, a script, a regular expression or a field name.
"""

from typing import Any

from search.regions import facet_prefixes
from search.results import Criteria, RegionFilter

Body = dict[str, Any]

TEXT_FIELDS = ["title^3", "summary^1.5", "labels", "body"]
# Adds to the score of the reader's own language, so that it comes first whatever the words score.
OWN_LANGUAGE, BASE_LANGUAGE = 200, 100
FRESH_SCALE, FRESH_WEIGHT = "180d", 0.25
FACET_SIZE = 100  # values counted of one facet


def strict(criteria: Criteria) -> Body:
    """Return the request for documents with all words (or all documents without a question)."""
    return _request(criteria, _all_words(criteria.q))


def relaxed(criteria: Criteria) -> Body:
    """Return the request for documents with any word, typing errors forgiven."""
    return _request(criteria, _any_word(criteria.q))


def _request(criteria: Criteria, words: Body) -> Body:
    body: Body = {
        "query": _query(criteria, words),
        "aggs": _aggregations(criteria),
        "from": criteria.offset,
        "size": criteria.size,
        "sort": _sort(criteria),
        "track_total_hits": True,
        "version": True,
        "_source": False,
    }
    selections = _selections(criteria)
    if selections:
        body["post_filter"] = {"bool": {"filter": list(selections.values())}}
    if criteria.q:
        body["highlight"] = _highlight(criteria.q)
    return body


def _query(criteria: Criteria, words: Body) -> Body:
    query: Body = {"filter": _filters(criteria)}
    if criteria.q:
        query["must"] = [_with_freshness(words, criteria)]
    must_not: list[Body] = [{"term": {"is_deleted": True}}]
    if criteria.hidden:
        must_not.append({"ids": {"values": list(criteria.hidden)}})
    query["must_not"] = must_not
    if criteria.q and criteria.sort == "relevance":
        query["should"] = _own_language_first(criteria.language)
    return {"bool": query}


def _all_words(q: str) -> Body:
    return {
        "bool": {
            "must": [
                {
                    "dis_max": {
                        "queries": [
                            {
                                "combined_fields": {
                                    "query": q,
                                    "fields": TEXT_FIELDS,
                                    "operator": "and",
                                }
                            },
                            _names(q),
                            _foreign_labels(q),
                        ]
                    }
                }
            ],
            "should": [{"match_phrase": {"title": {"query": q, "slop": 3}}}],
        }
    }


def _any_word(q: str) -> Body:
    return {
        "bool": {
            "should": [
                {"combined_fields": {"query": q, "fields": TEXT_FIELDS, "operator": "or"}},
                {
                    "match": {
                        "title": {
                            "query": q,
                            "fuzziness": "AUTO:4,8",
                            "prefix_length": 1,
                            "max_expansions": 20,
                            "boost": 0.6,
                        }
                    }
                },
                {"match_phrase": {"title": {"query": q}}},
                {"match": {"title.plain": {"query": q, "boost": 0.3}}},
                _foreign_labels(q),
            ],
            "minimum_should_match": 1,
        }
    }


def _names(q: str) -> Body:
    """Match names exactly as typed: no stemmer, no stop words ("Die Brücke")."""
    return {"match": {"title.plain": {"query": q, "operator": "and"}}}


def _foreign_labels(q: str) -> Body:
    """Match labels of closed vocabularies, which every document carries in all languages."""
    return {"match": {"labels.plain": {"query": q, "operator": "and", "boost": 0.5}}}


def _with_freshness(words: Body, criteria: Criteria) -> Body:
    """Let newer news score up to a quarter more: never enough to bury a better match."""
    if not criteria.news or criteria.sort != "relevance":
        return words
    decay = {"origin": criteria.now.isoformat(), "scale": FRESH_SCALE}
    return {
        "function_score": {
            "query": words,
            "functions": [
                {"weight": 1},
                {
                    "filter": {"terms": {"kind": list(criteria.news)}},
                    "gauss": {"published_at": decay},
                    "weight": FRESH_WEIGHT,
                },
            ],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _own_language_first(language: str) -> list[Body]:
    wishes = [_constant({"term": {"language": language}}, OWN_LANGUAGE)]
    base = language.partition("-")[0]
    if base != language:
        wishes.append(_constant({"term": {"language": base}}, BASE_LANGUAGE))
    return wishes


def _constant(query: Body, boost: float) -> Body:
    return {"constant_score": {"filter": query, "boost": boost}}


def _filters(criteria: Criteria) -> list[Body]:
    """Return what every hit and every count must meet: public now, for this reader, in place."""
    now = criteria.now.isoformat()
    filters: list[Body] = [
        {"term": {"answers_for": criteria.language}},
        {"range": {"visible_from": {"lte": now}}},
        {
            "bool": {
                "should": [
                    {"range": {"visible_until": {"gt": now}}},
                    {"bool": {"must_not": [{"exists": {"field": "visible_until"}}]}},
                ]
            }
        },
    ]
    published = {}
    if criteria.published_from:
        published["gte"] = criteria.published_from.isoformat()
    if criteria.published_before:
        published["lt"] = criteria.published_before.isoformat()
    if published:
        filters.append({"range": {"published_at": published}})
    if criteria.region:
        filters.append(_region(criteria.region))
    return filters


def _region(region: RegionFilter) -> Body:
    inside: Body = {"terms": {"region_paths": list(region.keys)}}
    if not region.above or not region.serving:
        return inside
    above: Body = {
        "bool": {
            "filter": [
                {"terms": {"kind": sorted(region.serving)}},
                {"terms": {"regions": list(region.above)}},
            ]
        }
    }
    return {"bool": {"should": [inside, above]}}


def _selections(criteria: Criteria) -> dict[str, Body]:
    """Return what the reader ticked, by facet; counts of a facet leave out its own."""
    selections: dict[str, Body] = {}
    if criteria.kinds:
        selections["kind"] = {"terms": {"kind": list(criteria.kinds)}}
    for name, values in criteria.facets.items():
        if values:
            selections[name] = {"terms": {"facets": [f"{name}={value}" for value in values]}}
    return selections


def _aggregations(criteria: Criteria) -> Body:
    keys = criteria.region.keys if criteria.region else ()
    digits = [f"{key}[0-9]{{{length - len(key)}}}" for key, length in facet_prefixes(keys)]
    counts: Body = {
        "kind": {"field": "kind", "size": FACET_SIZE},
        "region": {"field": "region_paths", "size": FACET_SIZE, "include": "|".join(digits)},
    }
    for name in criteria.facet_names:
        counts[name] = {"field": "facets", "size": FACET_SIZE, "include": f"{name}=.*"}
    selections = _selections(criteria)
    return {
        name: {
            "filter": {"bool": {"filter": [s for of, s in selections.items() if of != name]}},
            "aggs": {"values": {"terms": terms}},
        }
        for name, terms in counts.items()
    }


def _sort(criteria: Criteria) -> list[Body]:
    by_date: Body = {"published_at": {"order": "desc"}}
    if criteria.q and criteria.sort == "relevance":
        return [{"_score": {"order": "desc"}}, by_date]
    return [by_date]


def _highlight(q: str) -> Body:
    """Mark words without the fuzzy terms: with them it takes ten times as long."""
    words: Body = {"query": q, "fields": TEXT_FIELDS, "operator": "or"}
    return {
        "type": "unified",
        "encoder": "html",
        "pre_tags": ["<mark>"],
        "post_tags": ["</mark>"],
        "highlight_query": {"combined_fields": words},
        "fields": {
            "title": {"number_of_fragments": 0},
            "summary": {"number_of_fragments": 1, "fragment_size": 200},
            "body": {"number_of_fragments": 1, "fragment_size": 200},
        },
    }
