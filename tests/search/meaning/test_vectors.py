import pytest

from search.meaning import encoders, near, vectors
from search.models import Meaning, SearchDocument
from search.results import Criteria
from search.sources import source
from tests.search.world import NOW, document

pytestmark = pytest.mark.django_db


class Counting:
    """Stands in for an encoder: a vector of two numbers, and how many texts it was given."""

    name = "counting"
    languages = frozenset({"de"})

    def __init__(self):
        self.count = 0

    def encode(self, texts):
        self.count += len(texts)
        return [[1.0, len(text) / 1000] for text in texts]


@pytest.fixture
def encoder(monkeypatch):
    encoder = Counting()
    monkeypatch.setattr(encoders, "current", lambda: encoder)
    return encoder


def test_new_document_gets_its_vector_and_a_version_that_ships_it(world, encoder):
    world.put(document())
    (before,) = SearchDocument.objects.values_list("version", flat=True)
    assert vectors.encode_due(now=NOW) == 1
    (row,) = vectors.attached(SearchDocument.objects.all())
    assert row.version == before + 1
    assert source(row)["meaning"][0] == 127
    assert vectors.encode_due(now=NOW) == 0


def test_same_text_is_never_encoded_twice(world, encoder):
    world.put(document("1"))
    vectors.encode_due(now=NOW)
    count = encoder.count
    world.put(document("2"))  # says the same
    world.remove(document("1"))
    world.put(document("1"))  # came back
    assert vectors.encode_due(now=NOW) == 2
    assert (encoder.count, Meaning.objects.count()) == (count, 1)


def test_changed_text_gets_another_vector_and_ships_without_until_then(world, encoder):
    world.put(document())
    vectors.encode_due(now=NOW)
    world.put(document(body="Etwas ganz anderes."))
    (row,) = vectors.attached(SearchDocument.objects.all())
    assert "meaning" not in source(row)
    assert vectors.encode_due(now=NOW) == 1
    assert Meaning.objects.count() == 2


def test_retracted_document_is_not_encoded(world, encoder):
    world.put(document())
    world.remove(document())
    assert vectors.encode_due(now=NOW) == 0


def test_without_encoder_there_is_nothing_to_do(world, settings):
    settings.SEARCH_ENCODER = ""
    world.put(document())
    assert vectors.encode_due(now=NOW) == 0
    assert near.ask(Criteria(q="Kurs", language="de", now=NOW), ["x"]) is None


def test_unknown_encoder_is_a_fault_that_says_so(settings):
    settings.SEARCH_ENCODER = "oracle"
    with pytest.raises(ValueError, match="oracle"):
        encoders.current()


def test_direction_survives_packing():
    assert encoders.numbers(encoders.packed([0.5, -0.25, 0.0])) == [127, -64, 0]
    assert encoders.numbers(encoders.packed([0.0, 0.0])) == [0, 0]
