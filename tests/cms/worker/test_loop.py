"""A slow duty holds up no publication."""

import threading

import pytest

from cms.worker import loop


@pytest.mark.parametrize("lane", ["SHIPPING", "PATIENT"])
def test_a_hanging_duty_holds_up_no_publication(monkeypatch, until, lane):
    hangs, stop = threading.Event(), threading.Event()
    rounds = []

    def hang(*, now):
        hangs.wait(30)
        return 0

    def prompt(*, now):
        rounds.append(now)
        return 0

    monkeypatch.setattr(loop, "SHIPPING", ())
    monkeypatch.setattr(loop, "PATIENT", ())
    monkeypatch.setattr(loop, lane, (hang,))
    monkeypatch.setattr(loop, "PROMPT", (prompt,))
    monkeypatch.setattr(loop, "AWAITING", ())
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    worker = threading.Thread(target=loop.run, kwargs={"stop": stop, "pause": 0.01})
    worker.start()
    try:
        assert until(lambda: len(rounds) > 3)
    finally:
        hangs.set()
        stop.set()
        worker.join()


def test_a_failing_duty_stops_no_other(now, caplog):
    def fail(*, now):
        raise RuntimeError

    assert loop.run_once(now=now, duties=(fail, lambda *, now: 1)) == 1
    assert "duty failed" in caplog.text


def test_patient_duties_wait_while_publications_are_under_way(monkeypatch, until):
    stop, is_quiet = threading.Event(), threading.Event()
    rounds, patient = [], []
    monkeypatch.setattr(loop, "SHIPPING", ())

    def publish(*, now):
        rounds.append(now)
        return not is_quiet.is_set()

    def remind(*, now):
        patient.append(now)
        return 0

    monkeypatch.setattr(loop, "PROMPT", (publish,))
    monkeypatch.setattr(loop, "AWAITING", ())
    monkeypatch.setattr(loop, "PATIENT", (remind,))
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    worker = threading.Thread(target=loop.run, kwargs={"stop": stop, "pause": 0.01})
    worker.start()
    try:
        until(lambda: len(rounds) > 20)
        assert patient == []
        is_quiet.set()
        assert until(lambda: patient)
    finally:
        stop.set()
        worker.join()


def test_patient_duties_do_not_begin_in_the_seconds_before_an_hour(monkeypatch, until):
    stop, calm, fresh = threading.Event(), threading.Event(), threading.Event()
    calm.set()
    is_near = threading.Event()
    is_near.set()
    monkeypatch.setattr(loop, "PROMPT", ())
    monkeypatch.setattr(loop, "AWAITING", (lambda *, now: int(is_near.is_set()),))
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    worker = threading.Thread(target=loop._publish, args=(stop, 0.01, calm, fresh))
    worker.start()
    try:
        assert until(lambda: not calm.is_set())
        is_near.clear()
        assert until(calm.is_set)
    finally:
        stop.set()
        worker.join()


def test_what_has_been_published_is_shipped_at_once(monkeypatch, until):
    stop, is_due = threading.Event(), threading.Event()
    order = []
    monkeypatch.setattr(loop, "PATIENT", ())

    def publish(*, now):
        if not is_due.is_set():
            return 0
        is_due.clear()
        order.append("published")
        return 1

    def ship(*, now):
        order.append("looked")
        return 0

    monkeypatch.setattr(loop, "PROMPT", (publish,))
    monkeypatch.setattr(loop, "AWAITING", ())
    monkeypatch.setattr(loop, "SHIPPING", (ship,))
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    fresh, calm = threading.Event(), threading.Event()
    shipping = threading.Thread(target=loop._ship, args=(stop, 1_000, fresh))
    shipping.start()
    try:
        until(lambda: order == ["looked"])  # and now it would wait for very long
        is_due.set()
        publishing = threading.Thread(target=loop._publish, args=(stop, 0.01, calm, fresh))
        publishing.start()
        until(lambda: order == ["looked", "published", "looked"])
    finally:
        stop.set()
        fresh.set()
        shipping.join()
        publishing.join()
