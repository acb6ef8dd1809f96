import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import correct, distance, near

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


def slow_distance(one, other):
    rows = {(-1, -1): 0}
    for i in range(len(one)):
        rows[i, -1] = i + 1
    for j in range(len(other)):
        rows[-1, j] = j + 1
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, rows[i - 1, j - 1] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(one) - 1, len(other) - 1]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_is_right_up_to_its_limit(one, other):
    assert distance(one, other, limit=2) == min(3, slow_distance(one, other))
