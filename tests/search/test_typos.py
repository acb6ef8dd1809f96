import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import typos

WORDS = st.text("abcdeü", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("wohnung", "wohnung", 0),
        ("wohnung", "wonung", 1),  # missing
        ("wohnung", "wohnnung", 1),  # added
        ("wohnung", "wohnang", 1),  # replaced
        ("wohnung", "wohnugn", 1),  # swapped
        ("wohnung", "whonugn", 2),
        ("wohnung", "", 3),
    ],
)
def test_distance_counts_typing_errors_up_to_a_limit(one, other, apart):
    assert typos.distance(one, other, limit=2) == apart


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_letters_never_rule_out_a_near_word(one, other):
    apart = typos.distance(one, other, limit=2)
    assert apart == typos.distance(other, one, limit=2)
    if apart <= 2:
        assert typos.may_be_near(
            typos.letters(one), typos.letters(other), errors=apart
        )  # fmt: skip


def test_long_words_are_forgiven_more_and_numbers_nothing():
    words = ("amt", "kurs", "wohngeld", "38300")
    assert [typos.forgiven(word) for word in words] == [0, 1, 2, 0]


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


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_distance_is_right_up_to_its_limit(one, other):
    assert typos.distance(one, other, limit=2) == min(3, slow_distance(one, other))
