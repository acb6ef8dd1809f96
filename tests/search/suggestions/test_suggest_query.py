from dataclasses import replace

from search import alike
from search.results import Criteria
from search.suggestions import query
from tests.search.world import NOW

CRITERIA = Criteria(q="spra ku", language="de", now=NOW, size=12, hidden=("release/1/de",))
VISIBLE = [
    {"term": {"answers_for": "de"}},
    {"range": {"visible_from": {"lte": NOW.isoformat()}}},
    {
        "bool": {
            "should": [
                {"range": {"visible_until": {"gt": NOW.isoformat()}}},
                {"bool": {"must_not": [{"exists": {"field": "visible_until"}}]}},
            ]
        }
    },
]
HIDDEN = [{"term": {"is_deleted": True}}, {"ids": {"values": ["release/1/de"]}}]


def test_typed_words_are_analysed_and_nothing_else():
    assert query.documents(CRITERIA) == {
        "query": {
            "bool": {
                "filter": VISIBLE,
                "must_not": HIDDEN,
                "must": [
                    {
                        "bool": {
                            "should": [
                                {"match": {"title.typed": {"query": "spra ku", "operator": "and"}}},
                                {
                                    "match": {
                                        "names.typed": {
                                            "query": "spra ku",
                                            "operator": "and",
                                            "boost": 2,
                                        }
                                    }
                                },
                                {
                                    "match": {
                                        "title.plain": {
                                            "query": "spra ku",
                                            "operator": "and",
                                            "boost": 0.5,
                                        }
                                    }
                                },
                                {
                                    "constant_score": {
                                        "filter": {
                                            "match": {
                                                "title.typed": {
                                                    "query": "spra ku",
                                                    "operator": "and",
                                                    "fuzziness": "AUTO:5,9",
                                                    "prefix_length": 2,
                                                    "max_expansions": 20,
                                                }
                                            }
                                        },
                                        "boost": 0.001,
                                    }
                                },
                            ],
                            "minimum_should_match": 1,
                        }
                    }
                ],
                "should": [
                    {"constant_score": {"filter": {"term": {"language": "de"}}, "boost": 200}}
                ],
            }
        },
        "size": 12,
        "sort": [
            {"_score": {"order": "desc"}},
            {"published_at": {"order": "desc"}},
            {"item": {"order": "asc"}},
        ],
        "track_total_hits": False,
        "version": True,
        "_source": False,
    }


def test_words_alike_are_looked_for_only_among_what_is_public():
    asked = alike.body(replace(CRITERIA, size=20), ["sprchkurs"])["query"]["bool"]
    assert (asked["filter"], asked["must_not"]) == (VISIBLE, HIDDEN)
    assert asked["minimum_should_match"] == 1
