import pytest

from search.synonyms import FOLDER, groups


def test_synonyms_of_the_readers_language_stand_beside_a_word():
    (group,) = groups("Kita", "de")
    assert {"Kindertagesstätte", "Kindergarten"} <= set(group.own)
    assert group.source == ()


@pytest.mark.parametrize(
    ("q", "language", "german"),
    [
        ("residence permit", "en", "Aufenthaltserlaubnis"),
        ("permis de séjour", "fr", "Aufenthaltserlaubnis"),
        ("دورة لغة", "ar", "Sprachkurs"),
        ("мовних курсів", "uk", "Sprachkurs"),  # inflected
        ("языковые курсы", "ru", "Sprachkurs"),
    ],
)
def test_term_is_translated_into_the_source_language(q, language, german):
    assert german in {term for group in groups(q, language) for term in group.source}


def test_longest_term_counts_and_stop_words_do_not():
    assert [group.words for group in groups("What is a bank account", "en")] == [
        ("bank", "account")
    ]


def test_unknown_language_has_no_synonyms():
    assert [group.own for group in groups("xyz", "cy")] == [()]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("??.txt")), ids=lambda path: path.stem)
def test_every_line_of_a_file_is_a_concept_with_terms(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        concept, colon, terms = line.partition(":")
        assert line.startswith("#") or (concept and colon and terms.strip())
