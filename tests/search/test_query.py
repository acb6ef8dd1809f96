"""The bodies of requests, compared whole."""

from datetime import UTC, datetime

from search.cursor import Cursor
from search.distance import Near
from search.query import bare, near, relaxed, sentence, strict
from search.results import Criteria, RegionFilter

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAMP = "2026-11-22T12:00:00+00:00"

VISIBLE = [
    {"term": {"answers_for": "de"}},
    {"range": {"visible_from": {"lte": STAMP}}},
    {
        "bool": {
            "should": [
                {"range": {"visible_until": {"gt": STAMP}}},
                {"bool": {"must_not": [{"exists": {"field": "visible_until"}}]}},
            ]
        }
    },
]


def test_listing_without_words_is_filtered_counted_and_sorted_by_date():
    assert strict(Criteria(q="", language="de", now=NOW, sort="date", size=5, offset=10)) == {
        "query": {"bool": {"filter": VISIBLE, "must_not": [{"term": {"is_deleted": True}}]}},
        "aggs": {
            "kind": {
                "filter": {"bool": {"filter": []}},
                "aggs": {"values": {"terms": {"field": "kind", "size": 100}}},
            },
            "region": {
                "filter": {"bool": {"filter": []}},
                "aggs": {
                    "values": {
                        "terms": {"field": "region_paths", "size": 100, "include": "[0-9]{5}"}
                    }
                },
            },
        },
        "from": 10,
        "size": 5,
        "sort": [
            {"published_at": {"order": "desc"}},
            {"item": {"order": "asc"}},
            {"kind": {"order": "asc"}},
        ],
        "track_total_hits": True,
        "version": True,
        "_source": False,
    }


FULL = Criteria(
    q="Kurs",
    language="de-x-leicht",
    now=NOW,
    kinds=("offer",),
    region=RegionFilter(
        keys=("031580037037",), above=("03158", "03"), serving=frozenset({"offer"})
    ),
    facets={"topic": ("work",)},
    facet_names=("topic",),
    published_from=datetime(2026, 1, 1, tzinfo=UTC),
    published_before=datetime(2026, 2, 1, tzinfo=UTC),
    hidden=("release/1/de",),
    news=("release",),
    mistyped=("Kurs",),
)
FIELDS = ["title^3", "summary^1.5", "labels", "body"]
TYPED_FIELDS = ["title.plain^3", "summary.plain^1.5", "labels.plain", "body.plain"]
TYPED = {
    "combined_fields": {"query": "Kurs", "fields": TYPED_FIELDS, "operator": "or", "boost": 2.0}
}
KIND = {"terms": {"kind": ["offer"]}}
TOPIC = {"terms": {"facets": ["topic=work"]}}


def test_full_question_with_all_words():
    assert strict(FULL) == {
        "query": {
            "bool": {
                "filter": [
                    {"term": {"answers_for": "de-x-leicht"}},
                    *VISIBLE[1:],
                    {
                        "range": {
                            "published_at": {
                                "gte": "2026-01-01T00:00:00+00:00",
                                "lt": "2026-02-01T00:00:00+00:00",
                            }
                        }
                    },
                    {
                        "bool": {
                            "should": [
                                {"terms": {"region_paths": ["031580037037"]}},
                                {
                                    "bool": {
                                        "filter": [
                                            {"terms": {"kind": ["offer"]}},
                                            {"terms": {"regions": ["03158", "03"]}},
                                        ]
                                    }
                                },
                            ]
                        }
                    },
                ],
                "must": [
                    {
                        "function_score": {
                            "query": {
                                "bool": {
                                    "must": [
                                        {
                                            "dis_max": {
                                                "queries": [
                                                    {
                                                        "combined_fields": {
                                                            "query": "Kurs",
                                                            "fields": FIELDS,
                                                            "operator": "and",
                                                        }
                                                    },
                                                    {
                                                        "match": {
                                                            "title.plain": {
                                                                "query": "Kurs",
                                                                "operator": "and",
                                                            }
                                                        }
                                                    },
                                                    {
                                                        "match": {
                                                            "labels.plain": {
                                                                "query": "Kurs",
                                                                "operator": "and",
                                                                "boost": 0.5,
                                                            }
                                                        }
                                                    },
                                                ]
                                            }
                                        }
                                    ],
                                    "should": [
                                        {"match_phrase": {"title": {"query": "Kurs", "slop": 3}}},
                                        TYPED,
                                    ],
                                }
                            },
                            "functions": [
                                {"weight": 1},
                                {
                                    "filter": {"terms": {"kind": ["release"]}},
                                    "gauss": {"published_at": {"origin": STAMP, "scale": "180d"}},
                                    "weight": 0.25,
                                },
                            ],
                            "score_mode": "sum",
                            "boost_mode": "multiply",
                        }
                    }
                ],
                "must_not": [
                    {"term": {"is_deleted": True}},
                    {"ids": {"values": ["release/1/de"]}},
                ],
                "should": [
                    {
                        "constant_score": {
                            "filter": {"term": {"language": "de-x-leicht"}},
                            "boost": 200,
                        }
                    },
                    {"constant_score": {"filter": {"term": {"language": "de"}}, "boost": 100}},
                ],
            }
        },
        "aggs": {
            "kind": {
                "filter": {"bool": {"filter": [TOPIC]}},
                "aggs": {"values": {"terms": {"field": "kind", "size": 100}}},
            },
            "region": {
                "filter": {"bool": {"filter": [KIND, TOPIC]}},
                "aggs": {
                    "values": {
                        "terms": {
                            "field": "region_paths",
                            "size": 100,
                            "include": "031580037037[0-9]{0}",
                        }
                    }
                },
            },
            "topic": {
                "filter": {"bool": {"filter": [KIND]}},
                "aggs": {
                    "values": {"terms": {"field": "facets", "size": 100, "include": "topic=.*"}}
                },
            },
        },
        "from": 0,
        "size": 20,
        "sort": [
            {"_score": {"order": "desc"}},
            {"published_at": {"order": "desc"}},
            {"item": {"order": "asc"}},
            {"kind": {"order": "asc"}},
        ],
        "track_total_hits": True,
        "version": True,
        "_source": False,
        "post_filter": {"bool": {"filter": [KIND, TOPIC]}},
        "highlight": {
            "type": "unified",
            "encoder": "html",
            "pre_tags": ["<mark>"],
            "post_tags": ["</mark>"],
            "highlight_query": {
                "combined_fields": {"query": "Kurs", "fields": FIELDS, "operator": "or"}
            },
            "fields": {
                "title": {"number_of_fragments": 0},
                "summary": {"number_of_fragments": 1, "fragment_size": 200},
                "body": {"number_of_fragments": 1, "fragment_size": 200},
            },
        },
    }


def test_loosened_question_differs_only_in_its_words():
    loose, tight = relaxed(FULL), strict(FULL)
    words = loose["query"]["bool"]["must"][0]["function_score"].pop("query")
    tight["query"]["bool"]["must"][0]["function_score"].pop("query")
    assert loose == tight
    every = {"combined_fields": {"query": "Kurs", "fields": FIELDS, "operator": "and"}}
    forgiven = {
        "multi_match": {
            "query": "Kurs",
            "fields": ["title^2", "summary", "body"],
            "fuzziness": "AUTO:4,8",
            "prefix_length": 1,
            "max_expansions": 20,
            "boost": 0.6,
        }
    }
    assert words == {
        "bool": {
            "should": [
                {"constant_score": {"filter": every, "boost": 60}},
                {"constant_score": {"filter": {"bool": {"must": [forgiven]}}, "boost": 30}},
                {"combined_fields": {"query": "Kurs", "fields": FIELDS, "operator": "or"}},
                forgiven,
                {"match_phrase": {"title": {"query": "Kurs"}}},
                TYPED,
                {"match": {"labels.plain": {"query": "Kurs", "operator": "and", "boost": 0.5}}},
            ],
            "minimum_should_match": 1,
        }
    }


def test_meaning_is_asked_with_the_same_filters_as_the_words():
    body = near(FULL, [1, -2])
    words = strict(FULL)
    assert body == {
        "knn": {
            "field": "meaning",
            "query_vector": [1, -2],
            "k": 100,
            "filter": {
                "bool": {
                    "filter": [*words["query"]["bool"]["filter"], KIND, TOPIC],
                    "must_not": words["query"]["bool"]["must_not"],
                }
            },
        },
        "size": 100,
        "track_total_hits": False,
        "version": True,
        "_source": False,
    }


def test_later_pages_leave_out_what_meaning_has_shown():
    body = bare(sentence(FULL), hidden=["page/1/de"], offset=40, size=20)
    assert (body["from"], body["size"]) == (40, 20)
    assert {"ids": {"values": ["page/1/de"]}} in body["query"]["bool"]["must_not"]
    assert "highlight" not in body


HERE = {"lat": 52.16, "lon": 10.53}


def test_radius_is_a_filter_of_hits_and_counts_and_nearness_a_part_of_the_score():
    asked = Criteria(
        q="Kurs", language="de", now=NOW, near=Near(point=(52.16, 10.53), radius_km=10)
    )
    query = strict(asked)["query"]["bool"]
    assert {"geo_distance": {"distance": "10km", "points": HERE}} in query["filter"]
    assert query["must"][0]["function_score"]["functions"] == [
        {"weight": 1},
        {
            "filter": {"exists": {"field": "points"}},
            "gauss": {"points": {"origin": HERE, "scale": "20.0km"}},
            "weight": 0.25,
        },
    ]
    assert {"geo_distance": {"distance": "10km", "points": HERE}} in near(asked, [1])["knn"][
        "filter"
    ]["bool"]["filter"]


def test_nearest_come_first_then_the_newest():
    asked = Criteria(
        q="Kurs", language="de", now=NOW, sort="distance", near=Near(point=(52.16, 10.53))
    )
    assert strict(asked)["sort"] == [
        {"_geo_distance": {"points": HERE, "order": "asc", "unit": "km", "mode": "min"}},
        {"published_at": {"order": "desc"}},
        {"item": {"order": "asc"}},
        {"kind": {"order": "asc"}},
    ]
    assert "function_score" not in strict(asked)["query"]["bool"]["must"][0]


def test_walk_goes_on_behind_the_last_hit_by_the_clock_it_began_with():
    began = datetime(2026, 11, 22, 11, tzinfo=UTC)
    walk = Cursor(
        backend="elasticsearch", began=began, position=20_000, after=(1.5, 7, "x", "offer")
    )
    body = strict(Criteria(q="Kurs", language="de", now=NOW, news=("release",), walk=walk))
    assert (body["search_after"], body["size"], "from" in body) == (
        [1.5, 7, "x", "offer"],
        21,
        False,
    )
    decay = body["query"]["bool"]["must"][0]["function_score"]["functions"][1]["gauss"]
    assert decay["published_at"]["origin"] == began.isoformat()
    assert VISIBLE[1] in body["query"]["bool"]["filter"]  # what is public is told by today's clock
