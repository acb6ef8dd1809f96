"""What search asks the gazetteer while somebody types or has named a place among other words."""

import pytest

from newsroom.regions.search import Gazetteer
from newsroom.regions.services import load_gazetteer
from search import mentions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gazetteer():
    load_gazetteer()
    return Gazetteer()


def test_whole_names_and_postal_codes_are_named_however_they_are_written(gazetteer):
    written = ["Wolfenbuettel", "wolfenbüttel", "Wolfenbuttel", "38300", "Kreis Wolfenbüttel"]
    found = gazetteer.named([*written, "Wolfenb", "Büttel", "Sprachkurs", "00000", "383", ""], "de")
    assert list(found) == written
    both = ["Landkreis Wolfenbüttel", "Stadt Wolfenbüttel"]
    assert [place.full_name for place in found["Wolfenbuettel"]] == both
    assert [place.full_name for place in found["38300"]] == both[1:]
    assert [place.full_name for place in found["Kreis Wolfenbüttel"]] == both[:1]


def test_words_that_name_nothing_cost_one_query(gazetteer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert mentions.mentioned("Sprachkurs für Frauen am Abend mit Kindern", "de") == []
    with django_assert_num_queries(0):
        assert gazetteer.named([], "de") == {}


@pytest.mark.parametrize(
    ("q", "offered"),
    [
        ("Sprachkurs Wolfenbüttel", [("Sprachkurs", "03158"), ("Sprachkurs", "031580037037")]),
        ("Deutschkurs 38300", [("Deutschkurs", "031580037037")]),
        ("Deutschkurs 38300 abends", [("Deutschkurs abends", "031580037037")]),
        ("Arbeit und Hilfe im Wald", []),
        ("Lehre", []),
        ("Wolfenbüttelerstraße", []),
    ],
)
def test_a_question_offers_the_regions_that_it_names(q, offered):
    found = [(m.rest, place.key) for m in mentions.mentioned(q, "de") for place in m.places]
    assert found == offered


def test_beginnings_suggest_the_bigger_places_with_one_query(gazetteer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert gazetteer.beginning("wolfenb", 2) == ("03158", "031580037037")
    assert gazetteer.beginning("3830", 1) == ("031580037037",)
    assert len(gazetteer.beginning("wolf", 1)) == 1
    assert gazetteer.beginning("wolffenbüttel", 2) == ()
    assert gazetteer.alike("wolffenbüttel", 1) == ("03158",)
