"""All of Germany from the official files: complete, quick, and found as people type."""

import csv
import time
from pathlib import Path

import pytest
from django.utils import timezone

from newsroom.regions.importers.assembly import read
from newsroom.regions.lookup import match, suggest
from newsroom.regions.models import Outline, PostalCode, Region
from newsroom.regions.services import load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("germany")]


def table(name):
    text = (Path(__file__).parent / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


TYPED = table("typed_queries.csv")
# Written after the rules, then looked at: abbreviations, endings, villages, letters lost.
MORE = table("typed_queries_more.csv")


def cleaned(data, name):
    with (data / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_at_least_two_hundred_typed_queries():
    assert len(TYPED) >= 200


@pytest.mark.parametrize("row", TYPED, ids=lambda row: row["typed"])
def test_what_is_typed_finds_its_region_first_or_among_three(row):
    """One expected key stands first; of several, all are among the first three."""
    found = [region.key for region in suggest(row["typed"])]
    expected = row["expected"].split()

    assert found[:1] == expected if len(expected) == 1 else set(expected) <= set(found[:3])


def test_more_of_what_is_typed_finds_its_region_first_or_among_three():
    misses = []
    for row in MORE:
        found = [region.key for region in suggest(row["typed"])]
        expected = row["expected"].split()
        is_found = found[:1] == expected if len(expected) == 1 else set(expected) <= set(found[:3])
        misses += [] if is_found else [(row["typed"], found[:3])]

    assert len(MORE) >= 200
    assert misses == []


def test_villages_and_former_municipalities_lead_to_the_one_they_lie_in():
    for typed in ("Vienenburg", "vienenb", "Goslar Oker", "Oker"):
        assert [region.full_name for region in suggest(typed)] == ["Stadt Goslar"]
    assert [region.full_name for region in match("Sankt Andreasberg").regions] == [
        "Stadt Braunlage"
    ]


def test_suggestions_take_less_than_twenty_milliseconds():
    taken = []
    for row in TYPED:
        started = time.process_time()
        suggest(row["typed"])
        taken.append(time.process_time() - started)

    assert sorted(taken)[int(len(taken) * 0.95)] < 0.02


def test_germany_is_imported_in_less_than_a_minute(germany):
    assert germany < 60


def test_a_second_import_changes_nothing(files):
    assert not load(table=read(files), now=timezone.now())


def test_the_regions_are_those_of_the_cleaned_table(data):
    rows = cleaned(data, "regions_de.csv")
    stored = Region.objects.filter(valid_until=None).in_bulk()
    # A district-free city stands once, as a district.
    cities = {row["ags"] for row in rows if row["ars"].endswith("0000000") and len(row["ags"]) == 8}
    expected = {
        row["ars"] if row["level"] == "municipality" else row["ags"]: row
        for row in rows
        if row["ags"] not in cities
    }

    assert len(rows) == 11_169
    assert stored.keys() == expected.keys()
    for key, row in expected.items():
        assert stored[key].population == int(row["population"])
        assert stored[key].parent_id == (row["parent"] if row["parent"] != "DE" else None)
        # The table calls Cottbus by its German name alone.
        assert stored[key].name.split("/")[0].strip() == row["name"].split("/")[0].strip()


def test_every_region_has_its_place_near_that_of_the_cleaned_table(data):
    stored = Region.objects.in_bulk()
    for row in cleaned(data, "regions_de.csv"):
        region = stored.get(row["ars"] if row["level"] == "municipality" else row["ags"])
        if region is None:
            continue
        assert region.latitude is not None, region
        if row["coord_source"] == "gv2020":
            assert region.latitude == pytest.approx(float(row["lat"]), abs=0.001)
            assert region.longitude == pytest.approx(float(row["lon"]), abs=0.001)


def test_the_postal_codes_are_those_of_the_cleaned_table_but_for_one_in_four_hundred(data):
    expected = {(row["plz"], row["ags"]) for row in cleaned(data, "postal_codes_de.csv")}
    pairs = PostalCode.objects.values_list("code", "region__ags")
    stored = {(code, ags if len(ags) == 8 else f"{ags}000") for code, ags in pairs}

    assert len(expected) == 15_491
    assert len(expected ^ stored) < len(expected) / 400


def test_every_district_has_an_outline_and_neighbours():
    districts = Region.objects.filter(level="district").count()

    assert Outline.objects.filter(region__level="district").count() == districts == 400
    assert Outline.objects.get(pk="03158").touches == [
        "03101", "03102", "03153", "03154", "03254", "15085",
    ]  # fmt: skip


def test_the_map_of_a_state_stays_small():
    paths = Outline.objects.filter(region__parent="03").values_list("path", flat=True)

    assert sum(map(len, paths)) < 20_000


def test_the_nearer_of_two_namesakes_comes_first():
    near_westphalia = (52.06, 8.36)

    assert suggest("Halle")[0].key == "15002"
    assert suggest("Halle", near=near_westphalia)[0].full_name == "Stadt Halle (Westf.)"


def test_a_typing_error_never_outranks_a_real_beginning():
    found = [region.full_name for region in suggest("Aachen")]

    assert found == ["Städteregion Aachen", "Stadt Aachen"]


@pytest.mark.parametrize(
    "text", ["Essen und Trinken", "Sprachkurs in Hannover", "wo gibt es Hilfe", "Wohnung", "Recht"]
)
def test_no_word_of_running_text_names_a_region(text):
    assert match(text).regions == ()


def test_who_names_a_city_does_not_mean_a_village_with_a_longer_name():
    assert [region.full_name for region in match("Essen").regions] == ["Stadt Essen"]


def test_a_city_that_fills_its_state_is_meant_once():
    assert [region.key for region in match("Berlin").regions] == ["11"]


def test_mu_does_not_suggest_dortmund():
    assert "05913" not in [region.key for region in suggest("Mü", limit=50)]


def test_who_types_an_umlaut_means_it_and_who_does_not_may_mean_it():
    assert [region.full_name for region in match("Pöcking").regions] == ["Gemeinde Pöcking"]
    assert suggest("Pöcking")[0].full_name == "Gemeinde Pöcking"
    assert {region.full_name for region in suggest("Pocking")} == {
        "Stadt Pocking", "Gemeinde Pöcking",
    }  # fmt: skip


def test_a_postal_code_with_a_name_means_the_place_of_that_name():
    assert [region.full_name for region in suggest("38173 Evessen")] == ["Gemeinde Evessen"]
