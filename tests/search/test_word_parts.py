"""Compounds are split by known parts; how well, says a list of words judged by hand."""

from pathlib import Path

import pytest

from search.word_parts import JOINT, jointed, split, with_parts

JUDGED = Path(__file__).with_name("compounds.txt")


@pytest.mark.parametrize(
    "parts",
    [
        "Integrations kurse",  # all of it is parts
        "Flüchtlings hilfe",
        "kranken versicherungs anbieter",
        "haus arzt praxis",  # though "hausarzt" is a part as well
        "staffel miete",  # the last one is
        "wohnungs börse",  # the first one is
        "handlungs möglichkeiten",
        "kriegs beginn",  # the s belongs to the first
        "begegnungs stätte",
    ],
)
def test_compound_is_split(parts):
    assert split(parts.replace(" ", "")) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    [
        "Pflichten", "verpflichtend", "Orientierung", "Bescheinigung", "politisch", "Versicherung",
        "Bekleidung", "Umschläge", "Experimente", "Quantensprung", "staatlich", "Finanzierung",
    ],
)  # fmt: skip
def test_word_that_holds_a_part_by_chance_is_left_whole(word):
    assert split(word) == ()


def test_no_burger_lives_in_nuremberg():
    assert split("nürnburger") == ()
    assert split("großbürger") == ("groß", "bürger")


def test_invisible_signs_do_not_hide_parts():
    assert split("Integra\u00adtions\u00b7kurse") == ("Integrations", "kurse")


def test_database_stores_parts_of_german_texts():
    assert with_parts("Der Integrationskurs", "de-x-leicht").split() == [
        "der", "integrationskurs", "integration", "kurs",
    ]  # fmt: skip
    assert "kurs" not in with_parts("Integrationskurs", "en").split()


def test_joints_stand_between_parts_and_change_nothing_else():
    text = "Die Integrationskurse (Ä) im\u00a0Haus – 8 Deutschkurse!"
    marked = jointed(text, "de")
    assert marked.count(JOINT) == 2
    assert marked.replace(JOINT, "") == text
    assert jointed(text, "en") == text


def test_parts_are_those_a_reader_sees():
    """Nineteen of twenty parts are right; four of five are found."""
    proposed = right = wanted = 0
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        judged = set(line.split("+")) if "+" in line else set()
        found = set(split(line.replace("+", "")))
        proposed, wanted = proposed + len(found), wanted + len(judged)
        right += len(found & judged)
    print(f"precision {right / proposed:.3f}, recall {right / wanted:.3f}, {proposed} parts")
    assert right / proposed >= 0.95
    assert right / wanted >= 0.8
