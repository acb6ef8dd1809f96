"""A slow duty holds up no publication."""

import threading

from cms.worker import loop


def test_a_hanging_duty_holds_up_no_other_lane(monkeypatch, until):
    hangs, stop = threading.Event(), threading.Event()
    rounds = []

    def hang(*, now):
        hangs.wait(30)
        return 0

    def prompt(*, now):
        rounds.append(now)
        return 0

    monkeypatch.setattr(loop, "PATIENT", (hang,))
    monkeypatch.setattr(loop, "PROMPT", (prompt,))
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
