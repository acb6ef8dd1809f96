"""The one background process: a loop over duties, each of which stands failing alone."""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from cms.worker.duties import APART, DUTIES, Duty

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds; a publication is found within a second


def run_once(*, now: datetime, duties: Sequence[Duty] = DUTIES) -> int:
    """Do everything that is due at `now`; return how much was done. No failure stops the others."""
    done = 0
    for duty in duties:
        try:
            done += duty(now=now)
        except Exception:
            logger.exception("duty failed", extra={"duty": duty.__name__})
    return done


def run(*, stop: threading.Event, pause: float = PAUSE) -> None:
    """Work until `stop` is set, pausing `pause` seconds when there is nothing to do.

    Duties that wait for other servers have a thread of their own.
    """
    apart = [duty for duty in DUTIES if duty in APART]
    here = [duty for duty in DUTIES if duty not in APART]

    def work_apart() -> None:
        try:
            _repeat(apart, stop, pause)
        finally:
            connections.close_all()  # this thread's own

    thread = threading.Thread(target=work_apart, name="worker-apart")
    thread.start()
    try:
        _repeat(here, stop, pause)
    finally:
        stop.set()
        thread.join()


def _repeat(duties: Sequence[Duty], stop: threading.Event, pause: float) -> None:
    while not stop.is_set():
        close_old_connections()
        if not run_once(now=timezone.now(), duties=duties):
            stop.wait(pause)
