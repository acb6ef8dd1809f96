"""Building an index beside the one that serves, on a real server."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import builds, client, families, mappings, rebuild, selectors
from search.indexing import ship
from search.models import IndexBuild, SearchDocument
from search.verify import verify
from tests.search.rules import find, ids
from tests.search.world import document

pytestmark = pytest.mark.elasticsearch


def ship_now(**more):
    return ship(now=timezone.now() + timedelta(**more))


def assert_agreed():
    assert list(verify()) == []
    assert not selectors.dirty().exists()


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(rebuild, "PAGE", 5)


def fill(world, count):
    for number in range(count):
        world.put(document(str(number)))
    ship_now()


def half_done(language="de"):
    """Return a rebuild that has written its first page, as a killed one would stand there."""
    steps = rebuild.steps(language, now=timezone.now())
    assert next(steps).done == 5
    return steps


def test_rebuild_goes_on_under_writes_and_loses_nothing(index, world, small_pages):
    """Rows change, vanish and return while every page of the fill is under way."""
    docs = {str(number): document(str(number)) for number in range(40)}
    for doc in docs.values():
        world.put(doc)
    ship_now()
    first = families.live_indices()[mappings.alias("de")]

    pages = []

    def meanwhile(step):
        if step.what == "fill":
            pages.append(step.done)
        done = step.done
        world.put(document(str(done % 40), title=f"Sprachkurs neu {done}"))
        if docs:
            world.remove(docs.popitem()[1])
        world.put(document(f"new-{done}"))
        ship(now=timezone.now(), limit=2)
        assert find("Sprachkurs").total > 0

    rebuilt = rebuild.rebuild("de", now=timezone.now(), progress=meanwhile)
    assert pages == [5, 10, 15, 20, 25, 30, 35, 40]  # what comes later is shipped, not scanned
    assert families.live_indices()[mappings.alias("de")] == rebuilt.index != first
    while ship_now(seconds=5).shipped:
        pass
    assert_agreed()
    assert not IndexBuild.objects.exists()


def test_change_shipped_just_before_the_swap_is_in_the_new_index(index, world, monkeypatch):
    world.put(document("1"))
    ship_now()
    swap = families.swap

    def change_and_swap(*args):
        world.put(document("1", title="Sprachkurs geändert"))
        world.put(document("2"))
        ship_now()  # acknowledged: nobody ships it again
        swap(*args)

    monkeypatch.setattr(families, "swap", change_and_swap)
    rebuild.rebuild("de", now=timezone.now())
    assert_agreed()


def test_killed_rebuild_is_gone_on_with_where_it_stopped(index, world, small_pages):
    fill(world, 20)
    killed = half_done()  # held, so that nothing is tidied up
    begun = IndexBuild.objects.get().index
    world.put(document("0", title="Sprachkurs geändert"))
    world.put(document("new"))
    assert ship_now().shipped == 2  # to both
    now = timezone.now()
    assert rebuild.rebuild("de", now=now) is None  # its lease is not over
    steps = []
    done = rebuild.rebuild("de", now=now + builds.LEASE * 2, progress=steps.append)
    assert [step.done for step in steps if step.what == "fill"] == [10, 15, 20]
    assert done.index == begun == families.serving("de")
    with pytest.raises(builds.LeaseLost):
        list(killed)
    assert len(families.kept("de")) == 2  # the one that serves and the one before
    assert_agreed()


def test_worker_finishes_what_a_killed_rebuild_began(index, world, small_pages):
    fill(world, 20)
    killed = half_done()
    assert ship_now(seconds=60).rebuilt == ("de",)
    assert not IndexBuild.objects.exists()
    assert_agreed()
    killed.close()


def test_stopped_rebuild_is_gone_on_with_at_once(index, world, small_pages):
    fill(world, 20)
    half_done().close()
    assert rebuild.rebuild("de", now=timezone.now()).rows == 20


def test_half_built_index_that_was_deleted_by_hand_stops_nobody(index, world, small_pages):
    fill(world, 20)
    killed = half_done()
    client.request("DELETE", f"/{IndexBuild.objects.get().index}")
    world.put(document("new"))
    assert ship_now().failed == 1
    assert ship_now(seconds=60).rebuilt == ("de",)
    ship_now(seconds=120)
    assert_agreed()
    assert find("Sprachkurs", page_size=50).total == 21
    killed.close()


def test_worker_builds_in_slices_between_its_other_duties(index, world, small_pages, until):
    for number in range(20):
        world.put(document(str(number)))
    assert "de" not in ship(now=timezone.now(), patience=0.001).rebuilt

    def is_built():
        assert find("Sprachkurs").total == 20  # the database answers meanwhile
        ship(now=timezone.now(), patience=0.001)
        return families.serving("de")

    until(is_built)
    ship_now(seconds=5)
    assert find("Sprachkurs").backend == "elasticsearch"


def test_rollback_lets_the_former_index_serve_and_replays_what_changed(index, world):
    doc = document("gone")
    world.put(doc)
    fill(world, 3)
    first = families.serving("de")
    call_command("search_rebuild", "--language=de", stdout=StringIO(), stderr=StringIO())
    second = families.serving("de")
    world.remove(doc)
    world.put(document("0", title="Sprachkurs geändert"))
    world.put(document("new"))
    ship_now()
    call_command("search_rollback", "--language=de", stdout=StringIO(), stderr=StringIO())
    assert families.serving("de") == first != second
    assert_agreed()
    assert sorted(ids(find("Sprachkurs"))) == ["0", "1", "2", "new"]
    # And back again.
    call_command("search_rollback", "--language=de", stdout=StringIO(), stderr=StringIO())
    assert families.serving("de") == second
    assert_agreed()


def test_rollback_without_a_former_index_says_so(index, world):
    fill(world, 1)
    with pytest.raises(CommandError, match="No earlier index"):
        call_command("search_rollback", "--language=de", stdout=StringIO(), stderr=StringIO())
    assert find("Sprachkurs").backend == "elasticsearch"
    assert not IndexBuild.objects.exists()


def test_index_with_an_older_mapping_is_not_asked_and_built_anew(index, world, monkeypatch):
    fill(world, 3)
    old = families.serving("de")
    monkeypatch.setattr(mappings, "VERSION", mappings.VERSION + 1)
    result = find("Sprachkurs")
    assert (result.backend, result.degraded, result.total) == ("database", True, 3)
    out = StringIO()
    call_command("check", stdout=out, stderr=out)
    assert old in out.getvalue()
    assert ship_now(seconds=5).rebuilt == ("de", "en", "ar")
    result = find("Sprachkurs")
    assert (result.backend, result.degraded, result.total) == ("elasticsearch", False, 3)
    assert families.serving("de") != old
    assert_agreed()


def test_row_that_only_the_former_index_refused_is_shipped_after_a_rebuild(index, world):
    fill(world, 1)
    world.put(document("2"))
    SearchDocument.objects.filter(item="2").update(is_parked=True, attempts=6, error="too new")
    rebuild.rebuild("de", now=timezone.now())
    assert ship_now().shipped == 1
    assert_agreed()


def test_new_index_has_the_settings_of_the_old_one(index, world, settings):
    settings.ELASTICSEARCH_REPLICAS = 1  # no node for it here
    fill(world, 1)
    found = client.request("GET", f"/{families.serving('de')}/_settings")
    (got,) = found.values()
    assert got["settings"]["index"]["refresh_interval"] == mappings.REFRESH_INTERVAL
    assert got["settings"]["index"]["number_of_replicas"] == "1"


def test_rebuild_command_builds_every_language(index, world):
    world.put(document(), document(language="ar", title="دورات"))
    out = StringIO()
    call_command("search_rebuild", stdout=out)
    assert set(families.live_indices()) == {mappings.alias(code) for code in ("de", "en", "ar")}
    assert find("دورات", language="ar").total == 1
