import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.normalise import MAX_TOKEN, normalise, tokens, word_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flüchtlinge", "Fluechtlinge"),
        ("Flüchtlinge", "Fluchtlinge"),
        ("FLÜCHTLINGE", "flüchtlingen"),
        ("Straße", "Strasse"),
        ("Bundes·tag", "Bundestag"),
        ("Sprach\u00adkurs", "Sprachkurs"),
        ("Häuser", "Haus"),
        ("Sprachkurse", "Sprachkurs"),
        ("Kurses", "Kurs"),
        ("café", "cafe"),
        ("دَوْرَة", "دوره"),
        ("أحمد", "احمد"),
        ("اللغة", "لغة"),
        ("والعمل", "عمل"),
        ("کتاب", "كتاب"),
        ("ІСТОРІЯ", "історія"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert word_form(one) == word_form(other)


@pytest.mark.parametrize(("one", "other"), [("Kurs", "Kreis"), ("Ausland", "Inland"), ("12", "1")])
def test_different_words_stay_different(one, other):
    assert word_form(one) != word_form(other)


def test_ue_is_kept_where_it_is_no_umlaut():
    assert word_form("Quelle") == "quell"
    assert word_form("neue") == "neu"


def test_text_becomes_words_without_operators():
    assert normalise('"Kurs" NEAR(a* OR b) & c:* \x00 -- §5') == "kurs near a or b c 5"


@given(st.text())
def test_tokens_hold_letters_and_digits_only(text):
    for token in tokens(text):
        assert token.isalnum()
        assert len(token) <= MAX_TOKEN


@given(st.text())
def test_normalising_keeps_the_number_of_words_stable(text):
    assert normalise(text).split(" ") == tokens(text) or not tokens(text)
