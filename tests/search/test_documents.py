from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from search import mappings
from search.documents import TransactionRequired, lock, refresh, refresh_all, store, warm_up
from search.models import SearchDocument, SearchTerm
from search.selectors import indices
from tests.search.world import LANDKREIS, NOW, STADT, document

pytestmark = pytest.mark.django_db


def row(language="de", item="1"):
    return SearchDocument.objects.get(item=item, language=language)


def test_publishing_writes_one_row_per_language(world):
    world.put(document(), document(language="en", title="Courses"))
    assert list(
        SearchDocument.objects.order_by("language").values_list("language", "title", "version")
    ) == [("de", "Sprachkurse beginnen", 1), ("en", "Courses", 1)]
    assert row().key == "release/1/de"
    assert row().shipped_version < row().version


def test_unchanged_document_changes_nothing(world):
    world.put(document(regions=("03158", "03101"), facets={"topic": ("work", "language")}))
    before = SearchDocument.objects.values().get()
    # Another order is no change.
    again = document(regions=("03101", "03158"), facets={"topic": ("language", "work")})
    world.put(again, now=NOW + timedelta(hours=1))
    assert SearchDocument.objects.values().get() == before


def test_version_rises_on_change_across_delete_and_return(world):
    doc = document()
    world.put(doc)
    world.put(replace(doc, title="Anders"))
    assert row().version == 2
    world.remove(doc)
    tombstone = row()
    assert (tombstone.version, tombstone.is_deleted) == (3, True)
    world.put(doc)
    assert (row().version, row().is_deleted) == (4, False)


def test_tombstone_keeps_no_text_and_no_terms(world):
    doc = document(facets={"topic": ("work",)}, labels=("Arbeit",), points=((52.1, 10.5),))
    world.put(doc)
    world.remove(doc)
    gone = SearchDocument.objects.values().get()
    kept = {name for name, value in gone.items() if value not in ("", [], {}, None, 0, False)}
    assert kept == {
        "id",
        "kind",
        "item",
        "language",
        "is_deleted",
        "version",
        "content_hash",
        "changed_at",
    }
    assert not SearchTerm.objects.exists()


def test_vanished_language_gives_its_readers_back(world):
    world.put(document(), document(language="ar", title="دورات"))
    assert row("ar").answers_for == ["ar"]
    assert row("de").answers_for == ["de", "en"]
    world.put(document())
    assert row("ar").is_deleted
    assert "ar" in row("de").answers_for


def test_reader_is_answered_by_the_indices_that_have_something_for_them(world):
    arabic = document(item="2", language="ar", title="دورات")
    world.put(document(), document(language="en", title="Courses"))
    world.put(arabic)
    assert indices("en") == [mappings.alias("en"), mappings.alias("ar")]
    assert indices("de") == [mappings.alias("de"), mappings.alias("ar")]
    world.remove(arabic)
    assert indices("de") == [mappings.alias("de")]
    assert indices("ar") == [mappings.alias("ar"), mappings.alias("de")]


def test_reader_s_own_index_is_asked_though_it_is_empty(world):
    assert indices("ar") == [mappings.alias("ar")]


def test_terms_follow_the_document(world):
    world.put(document(facets={"topic": ("work",)}))
    world.put(document(places=(STADT,), facets={"topic": ("language",)}))
    terms = set(
        SearchTerm.objects.exclude(field__startswith="answers_for").values_list("field", "value")
    )
    assert terms == {
        ("region", STADT.key),
        ("region_path", STADT.key),
        ("region_path", LANDKREIS.key),
        ("region_path", "03"),
        ("facet:topic", "language"),
        ("word", "sprachkurse"),
        ("word", "beginnen"),
    }


def test_change_revives_a_parked_row(world):
    world.put(document())
    SearchDocument.objects.update(is_parked=True, attempts=8, error="400", shipped_version=0)
    world.put(document(title="Neu"))
    assert (row().is_parked, row().attempts, row().error) == (False, 0, "")


def test_nul_bytes_never_reach_the_database(world):
    world.put(document(title="A\x00B", body="\x00"))
    assert row().title == "AB"


def test_refresh_all_reconciles_and_survives_a_broken_builder(world, caplog):
    for number in range(3):
        world.put(document(str(number)))
    del world.public["release"]["0"]  # vanished without a word
    world.public["release"]["1"] = [document("1", title="Geändert")]
    world.public["release"]["3"] = [document("3")]
    world.public["release"]["broken"] = [object()]
    counts = refresh_all(now=NOW)
    assert (counts.items, counts.changed, counts.failed) == (5, 3, 1)
    assert row(item="0").is_deleted
    assert row(item="1").title == "Geändert"
    assert refresh_all(now=NOW).changed == 0


def test_refresh_rolls_back_with_its_cause(world):
    world.public["release"]["1"] = [document()]

    def cause():
        with transaction.atomic():
            refresh(kind="release", item="1", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert not SearchDocument.objects.exists()


def test_several_items_take_as_many_statements_as_one(world, django_assert_num_queries):
    def built(*items):
        return {("release", item): [document(item, points=((52.1, 10.5),))] for item in items}

    with CaptureQueriesContext(connection) as one, transaction.atomic():
        assert store(built("1"), now=NOW) == 1
    several = built("2", "3", "4")
    with django_assert_num_queries(len(one)), transaction.atomic():
        assert store(several, now=NOW) == 3
    assert row(item="3").places.count() == 1
    assert row(item="4").terms.filter(field="word", value="sprachkurse").exists()


def test_storing_several_writes_new_changed_and_vanished_ones(world):
    for item in ("kept", "changed", "gone"):
        world.put(document(item))
    built = {
        ("release", "kept"): [document("kept")],
        ("release", "changed"): [document("changed", title="Anders")],
        ("release", "gone"): [],
        ("release", "new"): [document("new"), document("new", language="en", title="Courses")],
    }
    with transaction.atomic():
        assert store(built, now=NOW) == 4
    assert [row(item=item).version for item in ("kept", "changed", "gone", "new")] == [1, 2, 2, 1]
    assert row(item="gone").is_deleted
    assert not row(item="gone").terms.exists()
    assert row("en", "new").answers_for == ["en"]


def test_items_are_locked_in_a_transaction_only(monkeypatch):
    with monkeypatch.context() as outside:
        outside.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(TransactionRequired):
            lock([("release", "1")])


def test_warming_up_stores_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        warm_up([document()])
