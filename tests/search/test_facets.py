"""What is counted in Elasticsearch, and how the answer is read: pure functions."""

from datetime import UTC, datetime

from search.facets import aggregations, counted
from search.results import Criteria

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = ("topic", "target_group", "top")


def asked(**fields):
    return Criteria(q="", language="de", now=NOW, facet_names=NAMES, **fields)


def buckets(**counts):
    return [{"key": key.replace("__", "="), "doc_count": n} for key, n in counts.items()]


def answer(**counts):
    return {"aggregations": {name: {"values": {"buckets": b}} for name, b in counts.items()}}


def test_facets_that_nothing_was_chosen_of_are_counted_together():
    assert set(aggregations(asked())) == {"kind", "region", "facets"}


def test_a_chosen_facet_is_counted_without_its_own_choice_and_the_others_with_it():
    found = aggregations(asked(facets={"topic": ("work",)}))

    work = {"terms": {"facets": ["topic=work"]}}
    assert found["topic"]["filter"] == {"bool": {"filter": []}}
    assert found["topic"]["aggs"]["values"]["terms"]["include"] == "topic=.*"
    for name in ("kind", "region", "facets"):
        assert found[name]["filter"] == {"bool": {"filter": [work]}}


def test_where_all_facets_are_chosen_nothing_is_counted_together():
    chosen = dict.fromkeys(NAMES, ("one",))

    assert set(aggregations(asked(facets=chosen))) == {"kind", "region", *NAMES}


def test_values_are_told_apart_by_their_facet():
    together = buckets(topic__work=5, top__work=4, topic__housing=3, other__x=2)
    found = counted(
        asked(), answer(kind=buckets(offer=7), region=buckets(**{"03158": 6}), facets=together)
    )

    assert found == {
        "kind": [("offer", 7)],
        "region": [("03158", 6)],
        "topic": [("work", 5), ("housing", 3)],
        "target_group": [],
        "top": [("work", 4)],
    }


def test_a_chosen_facet_reads_its_own_counts():
    found = counted(
        asked(facets={"topic": ("work",)}),
        answer(
            kind=[], region=[], topic=buckets(topic__work=2, topic__housing=9),
            facets=buckets(topic__work=2, top__x=1),
        ),
    )  # fmt: skip

    assert found["topic"] == [("work", 2), ("housing", 9)]
    assert found["top"] == [("x", 1)]
