import pytest
from django.db import connection

from search import statements, tally
from search.results import Criteria
from tests.search.world import BRAUNSCHWEIG, LANDKREIS, NOW, document

pytestmark = pytest.mark.django_db


def counted(**chosen):
    criteria = Criteria(q="", language="de", now=NOW, facet_names=("topic",), **chosen)
    return tally.tally(criteria, statements.matches(criteria, ""))


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(tally, "_known", {})


def test_document_that_fails_one_selection_only_counts_for_that_facet(world):
    world.put(document("1", facets={"topic": ("language",)}))
    world.put(document("2", facets={"topic": ("work",)}))
    world.put(document("3", kind="offer", facets={"topic": ("work",)}))
    found = counted(kinds=("release",), facets={"topic": ("language",)})
    assert [match[0] for match in found.hits] == [match[0] for match in counted().hits][:1]
    assert found.facets["topic"] == [("language", 1), ("work", 1)]
    assert found.facets["kind"] == [("release", 1)]


def test_regions_are_counted_below_the_chosen_one_the_most_frequent_first(world):
    world.put(document("1", places=[LANDKREIS]))
    world.put(document("2", places=[LANDKREIS]))
    world.put(document("3", places=[BRAUNSCHWEIG]))
    assert counted().facets["region"] == [("03158", 2), ("03101", 1)]


def test_values_are_asked_for_once_and_again_when_they_change(world, django_assert_num_queries):
    world.put(document("1", facets={"topic": ("language",)}))
    with django_assert_num_queries(2):
        assert counted().facets["topic"] == [("language", 1)]
    with django_assert_num_queries(1):
        assert counted().facets["topic"] == [("language", 1)]
    world.put(document("1", facets={"topic": ("work",)}))
    assert counted().facets["topic"] == [("work", 1)]


def test_more_documents_than_are_remembered_are_counted_all_the_same(world, monkeypatch):
    monkeypatch.setattr(tally, "REMEMBERED", 2)
    monkeypatch.setattr(tally, "READ_AT_ONCE", 2)
    for number in range(5):
        world.put(document(str(number), facets={"topic": ("work",)}))
    assert counted().facets["topic"] == counted().facets["topic"] == [("work", 5)]
    assert len(tally._known) <= 2


def test_what_is_remembered_of_one_document_is_not_told_of_another(world):
    world.put(document("1", facets={"topic": ("language",)}))
    counted()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_searchdocument SET kind = 'offer'")
    assert counted().facets["kind"] == [("offer", 1)]
