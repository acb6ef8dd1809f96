"""All nine content languages on a real server: nine indices, one request."""

import pytest
from django.utils import timezone

from search import mappings
from search.families import live_indices
from search.healing import ensure_indices
from search.indexing import ship
from search.params import languages
from search.vocabulary import learn_due
from tests.search.rules import find
from tests.search.world import document

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("nine_languages")]

# Language, what stands in the text, another form of it that is asked for.
FORMS = (
    ("de", "Neue Sprachkurse in der Stadt", "Sprachkurses"),
    ("de-x-leicht", "Neue Wohnungen in der Stadt", "Wohnung"),
    ("en", "New language courses in town", "course"),
    ("ar", "دورات جديدة في المدينة", "دورة"),
    ("fa", "دوره‌های تازه در شهر", "دوره"),
    ("tr", "Şehirde yeni dil kursları", "kurs"),
    ("ru", "Новые языковые курсы в городе", "курсов"),
    ("uk", "Нові мовні курси в місті", "курсів"),
    ("fr", "Nouvelles formations en ville", "formation"),
)
# What readers ask, and find, although it exists in German alone.
GERMAN_ONLY = (("fr", "cours de langue"), ("uk", "мовні курси"), ("fa", "دوره زبان"))
# Sentences whose only word that counts holds a typing error.
MISTYPED = (("uk", "Де є курмси?"), ("ru", "Где в горроде?"), ("fr", "Où trouver une foramtion ?"))


@pytest.fixture
def ask(until):
    """Return a function that asks until the server answers: nine cold indices take their time."""

    def found(q, language):
        result = until(lambda: _answer(q, language))
        return [(hit.id, hit.language) for hit in result.hits]

    return found


def _answer(q, language):
    result = find(q, language=language)
    return result if result.backend == "elasticsearch" else None


def test_nine_indices_answer_every_reader_in_one_request(index, world, ask):
    ensure_indices(now=timezone.now())
    assert set(live_indices()) == {mappings.alias(code) for code in languages()}
    world.put(*(document(title=title, language=code) for code, title, _asked in FORMS))
    world.put(document("2", "Sprachkurs am Abend"))
    ship(now=timezone.now())
    learn_due(now=timezone.now())

    for code, _title, asked in FORMS:  # inflected, in the own language, and once
        found = ask(asked, code)
        assert ("1", code) in found, code
        assert [id_ for id_, _language in found].count("1") == 1, code
    for code, asked in GERMAN_ONLY:
        assert ("2", "de") in ask(asked, code), code
    for code, asked in MISTYPED:
        assert ("1", code) in ask(asked, code), code
