"""Names as people type them, and borders as the map draws them: pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.regions import names, topology


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Wolfenbüttel", "wolfenbuttel"),
        ("WOLFENBUETTEL", "wolfenbuttel"),
        ("wolfenbuttel", "wolfenbuttel"),
        ("Frankfurt a. M.", "frankfurtm"),
        ("Frankfurt am Main", "frankfurtmain"),
        ("Frankfurt/Main", "frankfurtmain"),
        ("St. Goar", "sanktgoar"),
        ("St", "st"),
        ("LK Harz", "landkreisharz"),
        ("Gießen", "giessen"),
        ("Chóśebuz", "chosebuz"),
        ("Am Mellensee", "ammellensee"),
        ("Quedlinburg's", "quedlinburgs"),
        ("", ""),
        ("%_|\\", ""),
    ],
)
def test_spellings_of_one_name_have_one_key(typed, key):
    assert names.key(typed) == key


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Halle (Saale)", ("Halle",)),
        ("Neustadt a.d.Weinstraße", ("Neustadt",)),
        ("Mülheim an der Ruhr", ("Mülheim",)),
        ("Region Hannover", ("Hannover",)),
        ("Odenwaldkreis", ("Odenwald",)),
        ("Rhein-Sieg-Kreis", ("Rhein-Sieg",)),
        ("Bautzen / Budyšin", ("Bautzen", "Budyšin")),
        ("Cottbus/Chóśebuz", ("Cottbus", "Chóśebuz")),
        ("Mühlberg/Elbe", ("Mühlberg",)),
        ("Goslar", ()),
    ],
)
def test_short_names_leave_out_what_tells_namesakes_apart(name, short):
    assert names.short_names(name) == short


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("goslar", "goslar", False),
        ("goslar", "gosla", True),
        ("goslar", "gosslar", True),
        ("goslar", "goslat", True),
        ("goslar", "golsar", True),
        ("goslar", "glosra", False),
        ("a", "", True),
        ("ab", "ba", True),
    ],
)
def test_one_typing_error_is_one_letter_or_two_that_changed_places(one, other, expected):
    assert names.is_one_edit(one, other) is expected
    assert names.is_one_edit(other, one) is expected


@given(st.text(max_size=300))
def test_any_text_has_a_key_without_spaces(text):
    key = names.key(text)

    assert len(key) <= names.MAX_KEY
    assert not any(sign.isspace() for sign in key)


def wave(start, end, steps=40):
    """Return a crooked line of points from one x to another."""
    width = end - start
    return [
        (start + round(width * step / steps), (step % 3) * 4 if 0 < step < steps else 0)
        for step in range(steps + 1)
    ]


def test_neighbours_get_the_same_line_where_they_touch():
    border = wave(0, 1000)
    north = [*border, (1000, -500), (0, -500), (0, 0)]
    south = [*reversed(border), (0, 500), (1000, 500), (1000, 0)]

    drawn = topology.simplified({"n": [north], "s": [south]}, tolerance=9)

    shared = set(drawn["n"][0]) & set(drawn["s"][0])
    assert shared == {(0, 0), (1000, 0)}
    assert len(drawn["n"][0]) == 4
    assert topology.touching({"n": [north], "s": [south]}) == {"n": ("s",), "s": ("n",)}


def test_regions_that_meet_in_a_point_are_no_neighbours():
    one = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    other = [(10, 10), (20, 10), (20, 20), (10, 20), (10, 10)]

    assert topology.touching({"a": [one], "b": [other]}) == {"a": (), "b": ()}


def test_dots_of_islands_vanish_but_no_region_does():
    big = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    dot = [(200, 0), (202, 0), (202, 2), (200, 2), (200, 0)]

    drawn = topology.simplified({"coast": [big, dot], "rock": [dot]}, tolerance=1)

    assert len(drawn["coast"]) == 1
    assert len(drawn["rock"]) == 1


def test_a_path_is_one_point_and_steps():
    assert topology.path([[(5, -7), (10, -7), (10, 0)]]) == "M5-7l5 0 0 7z"
