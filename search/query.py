"""Build the bodies of Elasticsearch requests: pure functions, plain dicts.

A reader's text stands only where Elasticsearch takes it as words to analyse, never in a
query_string, a script, a regular expression or a field name.
"""

from collections.abc import Sequence

from search import nearness, wording
from search.cursor import SortValue
from search.facets import aggregations, selections
from search.results import Criteria, RegionFilter
from search.wording import Body

# Adds to the score of the reader's own language, so that it comes first whatever the words score.
OWN_LANGUAGE, BASE_LANGUAGE = 200, 100
FRESH_SCALE, FRESH_WEIGHT = "180d", 0.25
WINDOW = 100  # hits that meaning may reorder


def strict(criteria: Criteria) -> Body:
    """Return the request for documents with all words (or all documents without a question)."""
    return _request(criteria, wording.all_words(criteria))


def relaxed(criteria: Criteria) -> Body:
    """Return the request for documents with any word, typing errors forgiven."""
    return _request(criteria, wording.any_word(criteria))


def sentence(criteria: Criteria) -> Body:
    """Return the request for documents that share words with a whole sentence."""
    return _request(criteria, wording.sentence(criteria))


def bare(
    body: Body,
    *,
    hidden: Sequence[str] = (),
    offset: int = 0,
    after: Sequence[SortValue] = (),
    size: int = WINDOW,
) -> Body:
    """Return a request's hits without highlights, without some keys.

    They begin behind the hit sorted by `after`, or at `offset`.
    """
    left_out = ("highlight", "from", "search_after")
    changed = {name: value for name, value in body.items() if name not in left_out}
    changed |= {"search_after": list(after)} if after else {"from": offset}
    changed["size"] = size
    if hidden:
        query = body["query"]["bool"]
        must_not = [*query["must_not"], {"ids": {"values": list(hidden)}}]
        changed["query"] = {"bool": {**query, "must_not": must_not}}
    return changed


def near(criteria: Criteria, vector: Sequence[int]) -> Body:
    """Return the request for documents whose meaning is near; `vector` is signed bytes."""
    chosen = [*_filters(criteria), *selections(criteria).values()]
    return {
        "knn": {
            "field": "meaning",
            "query_vector": list(vector),
            "k": WINDOW,
            "filter": {"bool": {"filter": chosen, "must_not": _hidden(criteria)}},
        },
        "size": WINDOW,
        "track_total_hits": False,
        "version": True,
        "_source": False,
    }


def marks(criteria: Criteria, keys: Sequence[str]) -> Body:
    """Return the request for the highlights of some documents."""
    return {
        "query": {"ids": {"values": list(keys)}},
        "size": len(keys),
        "track_total_hits": False,
        "version": True,
        "_source": False,
        "highlight": _highlight(criteria.q),
    }


def _request(criteria: Criteria, words: Body) -> Body:
    body: Body = {
        "query": _query(criteria, words),
        "aggs": aggregations(criteria),
        **_start(criteria),
        "size": criteria.asked,
        "sort": _sort(criteria),
        "track_total_hits": True,
        "version": True,
        "_source": False,
    }
    if chosen := selections(criteria):
        body["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    if criteria.q:
        body["highlight"] = _highlight(criteria.q)
    return body


def _start(criteria: Criteria) -> Body:
    """Return where the page begins: behind the last hit of a walk, or at a number."""
    return {"search_after": list(criteria.after)} if criteria.after else {"from": criteria.offset}


def _query(criteria: Criteria, words: Body) -> Body:
    query: Body = {"filter": _filters(criteria)}
    if criteria.q:
        query["must"] = [_adjusted(words, criteria)]
    query["must_not"] = _hidden(criteria)
    if criteria.q and criteria.sort == "relevance":
        query["should"] = own_language_first(criteria.language)
    return {"bool": query}


def public(criteria: Criteria) -> Body:
    """Return the clauses of a bool query that nothing passes but what this reader may find now."""
    return {"filter": _filters(criteria), "must_not": _hidden(criteria)}


def _hidden(criteria: Criteria) -> list[Body]:
    must_not: list[Body] = [{"term": {"is_deleted": True}}]
    if criteria.hidden:
        must_not.append({"ids": {"values": list(criteria.hidden)}})
    return must_not


def _adjusted(words: Body, criteria: Criteria) -> Body:
    """Let newer news and what is near score up to a quarter more: no better match is buried."""
    if criteria.sort != "relevance":
        return words
    functions: list[Body] = []
    if criteria.news:
        decay = {"origin": criteria.fresh_at.isoformat(), "scale": FRESH_SCALE}
        functions.append(
            {
                "filter": {"terms": {"kind": list(criteria.news)}},
                "gauss": {"published_at": decay},
                "weight": FRESH_WEIGHT,
            }
        )
    if criteria.near:
        functions.append(nearness.score(criteria.near))
    if not functions:
        return words
    return {
        "function_score": {
            "query": words,
            "functions": [{"weight": 1}, *functions],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def own_language_first(language: str) -> list[Body]:
    """Return the wishes that put the reader's own language before all others."""
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
    if criteria.near:
        filters += nearness.within(criteria.near)
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


def _sort(criteria: Criteria) -> list[Body]:
    by_date: Body = {"published_at": {"order": "desc"}}
    # Of two pages none shows the same item.
    once: list[Body] = [{"item": {"order": "asc"}}, {"kind": {"order": "asc"}}]
    if criteria.sort == "distance" and criteria.near:
        return [nearness.order(criteria.near), by_date, *once]
    if criteria.q and criteria.sort == "relevance":
        return [{"_score": {"order": "desc"}}, by_date, *once]
    return [by_date, *once]


def _highlight(q: str) -> Body:
    """Mark words without the fuzzy terms: with them it takes ten times as long."""
    words: Body = {"query": q, "fields": wording.TEXT_FIELDS, "operator": "or"}
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
