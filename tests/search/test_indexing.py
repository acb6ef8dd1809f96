"""Shipping to a real server: nothing is lost, nothing comes back, whatever dies."""

import threading
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from search import (
    client,
    compare,
    engines,
    families,
    healing,
    indexing,
    mappings,
    selectors,
    sources,
)
from search.healing import ensure_indices
from search.indexing import MAX_ATTEMPTS, ship
from search.models import SearchDocument
from search.verify import repair, verify
from tests.search.rules import find, ids
from tests.search.world import NOW, document

pytestmark = pytest.mark.elasticsearch


def ship_now(**more):
    return ship(now=timezone.now() + timedelta(**more))


def assert_agreed():
    assert list(verify()) == []
    assert not selectors.dirty().exists()


def test_published_is_found_when_ship_returns(index, world):
    ensure_indices(now=timezone.now())
    world.put(document())
    assert ship_now().shipped == 1
    result = find("Sprachkurs")
    assert (ids(result), result.backend) == (["1"], "elasticsearch")
    assert_agreed()
    assert ship_now() == indexing.ShipReport()


def test_change_while_shipping_stays_dirty(index, world, monkeypatch):
    world.put(document())
    ensure_indices(now=timezone.now())
    send = client.bulk

    def change_meanwhile(lines, **options):
        world.put(document(title="Neuer Titel"))
        return send(lines, **options)

    with monkeypatch.context() as patch:
        patch.setattr(client, "bulk", change_meanwhile)
        ship_now()
    row = SearchDocument.objects.get()
    assert (row.version, row.shipped_version) == (2, 1)
    ship_now()
    assert_agreed()


def test_older_version_never_overwrites_a_newer_one(index, world):
    ensure_indices(now=timezone.now())
    world.put(document(title="Alt"))
    old = SearchDocument.objects.get()
    world.put(document(title="Neu"))
    ship_now()
    # A worker that slept since then.
    answer = client.bulk(sources.lines(old, [mappings.alias("de")]), refresh=True)
    assert answer["items"][0]["index"]["status"] == 409
    assert_agreed()


def test_tombstones_stay_in_the_index(index, world):
    doc = document()
    world.put(doc)
    ship_now()
    old = SearchDocument.objects.get()
    world.remove(doc)
    ship_now()
    client.bulk(sources.lines(old, [mappings.alias("de")]), refresh=True)
    assert find("Sprachkurs").total == 0
    assert_agreed()


def test_too_many_unshipped_tombstones_leave_the_answer_to_the_database(index, world, monkeypatch):
    monkeypatch.setattr("search.engines.MAX_BACKLOG", 1)
    docs = [document(str(number)) for number in range(3)]
    for doc in docs:
        world.put(doc)
    ship_now()
    for doc in docs[:2]:
        world.remove(doc)
    result = find("Sprachkurs")
    assert (result.backend, result.degraded, ids(result)) == ("database", True, ["2"])


def test_index_that_is_behind_is_not_asked(index, world):
    """No worker, or one that has much to catch up: what is public is found all the same."""
    world.put(document("1"))
    ship_now()
    world.put(document("2"))
    assert find("Sprachkurs", now=NOW + engines.MAX_WAIT).backend == "elasticsearch"
    late = NOW + engines.MAX_WAIT + timedelta(seconds=1)
    result = find("Sprachkurs", now=late)
    assert (result.backend, result.degraded, result.total) == ("database", True, 2)
    # A row that the index refuses is not waited for.
    SearchDocument.objects.filter(item="2").update(attempts=1)
    assert find("Sprachkurs", now=late).backend == "elasticsearch"


def test_index_deleted_by_hand_heals_by_itself(index, world):
    for number in range(5):
        world.put(document(str(number)))
    ship_now()
    client.request("DELETE", f"/{families.live_indices()[mappings.alias('de')]}")
    # Never an empty answer: the database speaks until the index is whole again.
    result = find("Sprachkurs")
    assert (result.total, result.backend, result.degraded) == (5, "database", True)
    world.put(document("5"))
    report = ship_now(seconds=3)
    assert report.rebuilt == ("de",)
    ship_now(seconds=6)
    result = find("Sprachkurs")
    assert (result.total, result.backend, result.degraded) == (6, "elasticsearch", False)
    assert_agreed()


def test_deleted_index_is_noticed_by_the_next_row(index, world, monkeypatch):
    monkeypatch.setattr(healing, "CHECK_INTERVAL", timedelta(hours=1))
    ship_now()
    client.request("DELETE", f"/{families.live_indices()[mappings.alias('de')]}")
    world.put(document())
    assert ship_now().failed == 1  # the alias is required, no index is invented
    assert ship_now().rebuilt == ("de",)
    ship_now(seconds=5)
    assert_agreed()
    assert SearchDocument.objects.get().attempts == 0


def test_two_workers_ship_everything_once(index, world):
    ensure_indices(now=timezone.now())
    for number in range(60):
        world.put(document(str(number)))
    reports = []

    def work():
        try:
            for _ in range(20):
                reports.append(ship(now=timezone.now(), limit=7))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.shipped for report in reports) == 60
    assert_agreed()


def test_row_that_two_workers_saw_is_taken_by_one(index, world, monkeypatch):
    world.put(document())
    atomic, first = transaction.atomic, []

    def after_the_other(**options):
        monkeypatch.setattr(transaction, "atomic", atomic)
        first.extend(indexing._lease("first", now=timezone.now(), limit=10))
        return atomic(**options)

    monkeypatch.setattr(transaction, "atomic", after_the_other)
    second = indexing._lease("second", now=timezone.now(), limit=10)
    assert (len(first), second) == (1, [])


def test_lease_of_a_killed_worker_expires(index, world):
    ensure_indices(now=timezone.now())
    world.put(document())
    dead = indexing._lease("dead", now=timezone.now(), limit=10)
    assert len(dead) == 1
    assert ship_now().shipped == 0
    assert ship(now=timezone.now() + indexing.LEASE * 2).shipped == 1
    assert_agreed()


def test_worker_that_lost_its_lease_reports_nothing(index, world):
    ensure_indices(now=timezone.now())
    world.put(document())
    (row,) = indexing._lease("slow", now=timezone.now(), limit=10)
    SearchDocument.objects.update(lease_token="other")
    outcomes = [indexing.bulk.Outcome(row, "ok")]
    report = indexing._settle(outcomes, "slow", indexing.ShipReport(), now=timezone.now())
    assert report.shipped == 0
    assert selectors.dirty().exists()


def test_poison_row_is_parked_with_its_error_while_others_go_on(index, world):
    ensure_indices(now=timezone.now())
    world.put(document("poison", points=((200.0, 0.0),)))  # there is no such latitude
    now = timezone.now()
    for attempt in range(MAX_ATTEMPTS):
        world.put(document(str(attempt)))
        now += indexing.MAX_BACKOFF * 2
        report = ship(now=now)
        assert (report.shipped, report.failed) == (1, 1)
    assert report.parked == 1
    assert ship(now=now + indexing.MAX_BACKOFF * 2) == indexing.ShipReport()
    row = SearchDocument.objects.get(item="poison")
    assert row.is_parked
    assert "points" in row.error
    assert selectors.lag(now).parked == 1
    world.put(document("poison", points=((52.0, 10.0),)))
    assert ship(now=now).shipped == 1
    assert_agreed()


def test_row_that_no_request_can_hold_does_not_stop_the_others(index, world, monkeypatch):
    ensure_indices(now=timezone.now())
    for number in range(4):
        world.put(document(str(number)))
    lines = sources.lines

    def broken(row, aliases):
        return [b'{"index": nonsense}', b"{}"] if row.item == "2" else lines(row, aliases)

    monkeypatch.setattr(sources, "lines", broken)
    report = ship_now()
    assert (report.shipped, report.failed) == (3, 1)


def test_ship_refuses_to_run_inside_a_transaction(index, world):
    ensure_indices(now=timezone.now())
    world.put(document())
    with pytest.raises(RuntimeError), transaction.atomic():
        ship_now()


def test_verify_names_every_kind_of_difference_and_repair_mends_them(index, world):
    for item in ("missing", "older", "newer", "other", "fine"):
        world.put(document(item))
    ship_now()
    alias = mappings.alias("de")
    rows = {row.item: row for row in SearchDocument.objects.all()}
    client.request("DELETE", f"/{alias}/_doc/release%2Fmissing%2Fde")
    SearchDocument.objects.filter(item="older").update(version=5, shipped_version=5)
    rows["newer"].version = 7
    rows["other"].content_hash = "0"
    stray = SearchDocument(
        kind="release", item="extra", language="de", version=1, changed_at=timezone.now()
    )
    for row in (rows["newer"], rows["other"], stray):
        client.bulk(sources.lines(row, [alias]), refresh=True)
    assert {(d.key.split("/")[1], d.what) for d in verify()} == {
        (what, what) for what in ("missing", "older", "newer", "other", "extra")
    }
    with pytest.raises(CommandError) as failed:
        call_command("search_verify", stdout=StringIO())
    assert failed.value.returncode == 1
    assert repair(clock=timezone.now) == 5
    assert_agreed()
    assert SearchDocument.objects.get(item="newer").version > 7
    out = StringIO()
    call_command("search_verify", stdout=out)
    assert "0 differences" in out.getvalue()


def test_verify_pages_through_everything(index, world, monkeypatch):
    monkeypatch.setattr(compare, "PAGE", 2)
    for number in range(5):
        world.put(document(str(number)))
    ship_now()
    assert_agreed()
    SearchDocument.objects.filter(item__in=("0", "3")).delete()
    assert {d.what for d in verify()} == {"extra"}
    assert repair(clock=timezone.now) == 2


def test_lag_tells_rows_and_age(index, world):
    world.put(document(), now=timezone.now() - timedelta(seconds=30))
    lag = selectors.lag(timezone.now())
    assert (lag.rows, lag.parked) == (1, 0)
    assert 30 <= lag.seconds < 60
    ship_now()
    assert selectors.lag(timezone.now()) == selectors.Lag(0, 0.0, 0)


def test_publish_to_found_takes_less_than_a_second(index, world):
    ensure_indices(now=timezone.now())
    started = time.perf_counter()
    world.put(document())
    ship_now()
    assert find("Sprachkurs").total == 1
    assert time.perf_counter() - started < 1
