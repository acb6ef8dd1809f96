import pytest

from search.shape import is_sentence


@pytest.mark.parametrize(
    ("q", "language"),
    [
        ("Wo bekomme ich Kindergeld?", "de"),
        ("wo bekomme ich kindergeld", "de"),
        ("كيف أفتح حسابا؟", "ar"),
        ("Deutschkurs für Frauen mit Kindern", "de"),
        ("how to register", "en"),
    ],
)
def test_sentences_are_told_from_words(q, language):
    assert is_sentence(q, language)


@pytest.mark.parametrize("q", ["", "?", "Kita?", "Deutschkurs Wolfenbüttel", "Kurs am Abend"])
def test_few_words_are_no_sentence(q):
    assert not is_sentence(q, "de")
