import pytest

from search.mentions import MAX_WORDS, is_ambiguous, mentioned
from tests.search.world import CREMLINGEN, LANDKREIS, STADT


def found(q):
    return [
        (each.text, each.rest, [place.key for place in each.places]) for each in mentioned(q, "de")
    ]


@pytest.mark.parametrize(
    ("q", "rest"),
    [
        ("Sprachkurs Cremlingen", "Sprachkurs"),
        ("sprachkurs in cremlingen", "sprachkurs"),
        ("Cremlingen", ""),
        ("Cremlingen: Sprachkurs am Abend", ": Sprachkurs am Abend"),
        ("Wohnen, Cremlingen", "Wohnen"),
        ("Sprachkurs Gemeinde Cremlingen", "Sprachkurs"),
    ],
)
def test_a_name_is_taken_out_with_the_word_that_leads_to_it(q, rest):
    ((_text, left, keys),) = found(q)
    assert (left, keys) == (rest, [CREMLINGEN.key])


def test_a_postal_code_names_its_places_and_other_numbers_do_not():
    assert found("Deutschkurs 38300") == [("38300", "Deutschkurs", [STADT.key])]
    assert found("Paragraph 383 von 2026, 383001") == []


def test_an_ambiguous_name_offers_each_place():
    assert found("Kurs Wolfenbüttel")[0][2] == [LANDKREIS.key, STADT.key]


@pytest.mark.parametrize("q", ["", "?", "in am und", "Cremling", "Cremlingens Kurse", "x " * 200])
def test_no_part_of_a_word_and_no_misspelt_name_is_a_place(q):
    assert found(q) == []


def test_only_the_beginning_of_a_long_question_is_looked_at():
    assert found("wort " * MAX_WORDS + "Cremlingen") == []


@pytest.mark.parametrize("word", ["Wald", "Arbeit", "Hilfe", "Lehre", "Essen", "Löhne", "weil"])
def test_common_words_are_known_as_such(word):
    assert is_ambiguous(word)
    assert not is_ambiguous("Braunschweig")
