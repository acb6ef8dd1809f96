from datetime import timedelta

import pytest

from search import vocabulary
from search.models import UnreadDocument, Word
from search.normalise import tokens
from tests.search.world import NOW, document

pytestmark = pytest.mark.django_db


def learn(now=NOW):
    while vocabulary.learn_due(now=now):
        pass


@pytest.mark.parametrize("typed", ["wohgeld", "wohngedl", "vohngeld", "wohnngelt", "wohngelb"])
def test_words_of_public_documents_are_found_by_what_looks_nearly_like_them(world, typed):
    world.put(document("1", "Wohngeld beantragen"))
    learn()
    assert vocabulary.nearest(typed) == ("wohngeld",)


def test_nearest_words_come_first_and_the_word_itself_is_not_among_them(world):
    world.put(document("1", "Wohngeld Wohngold Wohnfeld"))
    learn()
    assert vocabulary.nearest("wohngeld") == ("wohnfeld", "wohngold")


def test_words_are_learned_when_their_document_becomes_public(world):
    later = NOW + timedelta(hours=1)
    world.put(document("1", "Geheimplan", visible_from=later))
    learn()
    assert vocabulary.unknown(["geheimplan"]) == ["geheimplan"]
    learn(now=later)
    assert vocabulary.unknown(["geheimplan"]) == []


def test_changed_document_is_read_again_and_a_vanished_one_not_at_all(world):
    world.put(document("1", "Wohngeld"))
    learn()
    world.put(document("1", "Kindergeld"))
    assert vocabulary.learn_due(now=NOW) == 1
    world.remove(document("1", "Kindergeld"))
    assert (vocabulary.learn_due(now=NOW), UnreadDocument.objects.count()) == (0, 0)
    assert Word.objects.filter(word__in=["wohngeld", "kindergeld"]).count() == 2


def test_words_that_no_document_has_mean_their_nearest(world, django_assert_num_queries):
    world.put(document("1", "Wohngeld für Familien"))
    learn()
    with django_assert_num_queries(2):
        assert vocabulary.meant("Wohnngeld Familie 38300 ab") == (("wohngeld",),)
    with django_assert_num_queries(1):
        assert vocabulary.meant("Wohngeld für Familien") == ()


@pytest.mark.parametrize(
    ("written", "typed"), [("الاستشارة", "استاشرة"), ("переселенців", "пересиленці")]
)
def test_words_of_other_scripts_mean_their_nearest(world, written, typed):
    world.put(document("1", written))
    learn()
    assert vocabulary.meant(typed) == (tuple(tokens(written)),)


def test_sentence_of_unknown_words_is_in_another_language_and_means_none(world):
    world.put(document("1", "Wohngeld Familien"))
    learn()
    assert vocabulary.meant("Wohngelt Fahmilien Wohngelt") == (("wohngeld",), ("famili",))
    assert vocabulary.meant("Wohngelt Fahmilien xxxxx yyyyy") == ()


def test_nothing_is_meant_before_words_were_learned():
    assert vocabulary.meant("Wohngeldd") == ()
