"""What a reader types, and which region is meant."""

import pytest

from newsroom.regions import lookup, selectors
from newsroom.regions.models import PostalCode, Region
from newsroom.regions.services import load_gazetteer

pytestmark = pytest.mark.django_db


def names(text):
    return [region.full_name for region in lookup.match(text).regions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03", ["Niedersachsen"]),
        ("03158", ["Landkreis Wolfenbüttel"]),
        ("031580037037", ["Stadt Wolfenbüttel"]),
        ("03158037", ["Stadt Wolfenbüttel"]),
        ("03101", ["Stadt Braunschweig"]),
        ("03101000", ["Stadt Braunschweig"]),
        ("031010000000", ["Stadt Braunschweig"]),
        ("38300", ["Stadt Wolfenbüttel"]),
        ("38302", ["Stadt Wolfenbüttel"]),
        ("Landkreis Wolfenbüttel", ["Landkreis Wolfenbüttel"]),
        ("Kreis Wolfenbuettel", ["Landkreis Wolfenbüttel"]),
        ("kreis wolfenbuttel", ["Landkreis Wolfenbüttel"]),
        ("STADT OSNABRÜCK", ["Stadt Osnabrück"]),
        ("Stadt  Osnabruck", ["Stadt Osnabrück"]),
        ("  38300 ", ["Stadt Wolfenbüttel"]),
        ("niedersachsen", ["Niedersachsen"]),
    ],
)
def test_a_key_a_postal_code_or_a_whole_name_means_one_region(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize("text", ["Osnabrück", "osnabrueck", "Osnabruck"])
def test_a_name_shared_by_city_and_district_means_both(text):
    assert set(names(text)) == {"Stadt Osnabrück", "Landkreis Osnabrück"}


@pytest.mark.parametrize(
    "text",
    ["", " ", "99999", "03999", "00000", "Atlantis", "Mü", "3830", "٣٨٣٠٠", "%", "|", "a\x00b"],
)
def test_the_unknown_means_nothing(text):
    assert names(text) == []


def test_a_postal_code_means_all_its_regions_and_says_so():
    two = Region.objects.filter(level="municipality").order_by("population")[:2]
    for region in two:
        PostalCode.objects.create(code="99998", region=region)

    match = lookup.match("99998")

    assert match.is_postal_code
    assert list(match.regions) == sorted(two, key=lambda region: -region.population)
    assert not lookup.match("03158").is_postal_code


def test_suggestions_begin_as_the_reader_does_the_bigger_first():
    found = [region.full_name for region in lookup.suggest("osna")]
    assert found[:2] == ["Landkreis Osnabrück", "Stadt Osnabrück"]
    assert [region.key for region in lookup.suggest("wolfenb")] == ["03158", "031580037037"]
    assert "Stadt Wolfenbüttel" in [region.full_name for region in lookup.suggest("383")]


@pytest.mark.parametrize("text", ["", "w", " ", "%%", "__", "||"])
def test_too_little_suggests_nothing(text):
    assert lookup.suggest(text) == ()


def test_ancestors_are_nearest_first():
    town = Region.objects.get(key="031580037037")
    assert [region.key for region in selectors.ancestors(town)] == ["03158", "03"]
    assert selectors.paths([town]) == ("03", "03158", "031580037037")


def test_names_follow_the_reader_s_language():
    land = Region.objects.get(key="03")
    assert selectors.display_name(land, "en") == "Lower Saxony"
    assert selectors.display_name(land, "fr") == "Niedersachsen"


def test_loading_again_changes_nothing():
    before = list(Region.objects.order_by("key").values()), PostalCode.objects.count()

    load_gazetteer()

    assert (list(Region.objects.order_by("key").values()), PostalCode.objects.count()) == before


def test_the_demo_gazetteer_has_the_land_its_districts_and_towns():
    assert Region.objects.filter(level="state").count() == 16
    assert Region.objects.filter(parent_id="03").count() == 45
    assert Region.objects.filter(level="municipality").count() >= 60
