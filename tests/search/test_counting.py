from search import counting, query
from search.results import Criteria
from tests.search.world import NOW


def test_all_questions_are_counted_in_one_request_with_every_filter():
    plain = Criteria(q="Kurs", language="de", now=NOW)
    chosen = Criteria(q="Kurs", language="de", now=NOW, kinds=("offer",), hidden=("a/1/de",))
    body = counting.body([plain, chosen], every=False)
    filters = body["aggs"]["questions"]["filters"]["filters"]
    assert list(filters) == ["0:every", "0:any", "1:every", "1:any"]
    assert (body["size"], body["track_total_hits"]) == (0, False)
    assert filters["0:every"] == {"bool": {"filter": [query.strict(plain)["query"]]}}
    assert filters["1:any"] == {
        "bool": {
            "filter": [
                query.relaxed(chosen)["query"],
                {"bool": {"filter": [{"terms": {"kind": ["offer"]}}]}},
            ]
        }
    }
    for each in filters.values():
        (asked, *_chosen) = each["bool"]["filter"]
        assert {"range": {"visible_from": {"lte": NOW.isoformat()}}} in asked["bool"]["filter"]
        assert {"term": {"is_deleted": True}} in asked["bool"]["must_not"]
