from hypothesis import given
from hypothesis import strategies as st

from search.answers import answers_for

LANGUAGES = ["de", "de-x-leicht", "en", "ar", "fa"]


def test_own_version_before_base_before_source_before_english():
    assert answers_for(["de", "en", "ar"], readers=LANGUAGES, source="de") == {
        "ar": ["ar"],
        "de": ["de", "de-x-leicht", "fa"],
        "en": ["en"],
    }


def test_without_source_english_answers_then_the_first():
    assert answers_for(["en", "ar"], readers=["de", "fa"], source="de")["en"] == ["de", "fa"]
    assert answers_for(["fa", "ar"], readers=["de"], source="de") == {"ar": ["de"], "fa": []}


@given(st.sets(st.sampled_from(LANGUAGES), min_size=1))
def test_every_reader_is_answered_exactly_once(versions):
    answers = answers_for(versions, readers=LANGUAGES, source="de")
    assert sorted(reader for readers in answers.values() for reader in readers) == sorted(LANGUAGES)
