"""The worker's loop: no duty waits for another that is stuck."""

import threading

from cms.worker import loop


def test_duty_that_waits_for_a_server_holds_up_no_other(monkeypatch):
    stop, released, others = threading.Event(), threading.Event(), []

    def stuck(*, now):
        released.wait(30)
        return 0

    def quick(*, now):
        others.append(now)
        if len(others) == 3:
            released.set()
            stop.set()
        return 1

    monkeypatch.setattr(loop, "DUTIES", (stuck, quick))
    monkeypatch.setattr(loop, "APART", frozenset({stuck}))
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    loop.run(stop=stop, pause=0)
    assert len(others) == 3


def test_failing_duty_stops_no_other():
    def failing(*, now):
        raise RuntimeError("boom")

    def fine(*, now):
        return 2

    assert loop.run_once(now=None, duties=(failing, fine)) == 2
