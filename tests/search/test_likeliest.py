import pytest

from search import expressions, likeliest, statements
from search.models import SearchDocument
from search.results import Criteria
from tests.search.world import NOW, document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_ranked(monkeypatch):
    monkeypatch.setattr(likeliest, "RANKED", 2)


def ranked(q, *, every=True, language="de"):
    """Return the items of the documents that would be ranked, sorted."""
    criteria = Criteria(q=q, language=language, now=NOW)
    wanted = expressions.alternatives(criteria)
    hits = statements.matches(criteria, expressions.match(wanted, every=every))
    ids = likeliest.likeliest(criteria, wanted, hits, every=every).ids
    return sorted(SearchDocument.objects.filter(pk__in=ids).values_list("item", flat=True))


def test_words_of_the_title_come_before_words_of_the_text(world):
    world.put(document("1", "Deutschkurs"))
    for item in ("2", "3"):
        world.put(document(item, "Etwas anderes", body="Auch ein Deutschkurs."))
    assert ranked("Deutschkurs") == ["1", "3"]


def test_what_has_a_rare_word_comes_before_what_has_a_frequent_one(world):
    for item in ("1", "2", "3", "4"):
        world.put(document(item, "Etwas", body="Beratung" if item != "2" else "Schuldnerhilfe"))
    assert ranked("Beratung Schuldnerhilfe", every=False) == ["2", "4"]


def test_own_language_comes_first(world):
    for item in ("1", "2"):
        world.put(document(item, "Etwas", language="ar", body="Beratung"))
    for item in ("3", "4"):
        world.put(document(item, "Beratung", language="de"))
    assert ranked("Beratung", language="ar") == ["1", "2"]


def test_few_hits_are_ranked_all(world):
    world.put(document("1", "Etwas", body="Beratung"))
    assert ranked("Beratung") == ["1"]


def test_frequent_word_is_looked_for_among_what_has_a_rare_one(world, monkeypatch):
    monkeypatch.setattr(likeliest, "ENOUGH", 2)
    bodies = ("Schuldnerhilfe", "Beratung Schuldnerhilfe", "Beratung", "Beratung", "Beratung")
    for item, body in enumerate(bodies, 1):
        world.put(document(str(item), "Beratung" if item > 3 else "Etwas", body=body))
    assert ranked("Beratung Schuldnerhilfe", every=False) == ["1", "2"]
    asked = []
    monkeypatch.setattr(statements, "ids", lambda *words, **how: asked.append(how) or [1, 2])
    ranked("Beratung Schuldnerhilfe", every=False)
    assert [bool(how.get("among")) for how in asked] == [False, False, False, True]


def test_only_word_that_is_found_is_not_read_again(world, django_assert_num_queries):
    for item in ("1", "2", "3"):
        world.put(document(item, "Beratung" if item == "1" else "Etwas", body="Beratung"))
    assert ranked("Xyzabc Beratung", every=False) == ["1", "3"]
    with django_assert_num_queries(5):  # matches, two titles, one text, the items
        ranked("Xyzabc Beratung", every=False)
