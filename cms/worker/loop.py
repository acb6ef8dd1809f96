"""The one background process: lanes of duties, each of which stands failing alone."""

import logging
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from cms.worker.duties import AWAITING, DUTIES, PATIENT, PROMPT, SHIPPING, Duty

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds; a publication is found within a second
PATIENT_PAUSE = 1.0  # seconds; nobody waits for a mail on the second
FAREWELL = 30.0  # seconds that the other lanes have to finish the duty at hand
GIVES_WAY = 10.0  # seconds a patient duty waits while publications are under way
QUIET = 2.0  # seconds after the last publication, for shipping it and for its first readers


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

    What talks to other servers has threads of its own, so that it holds up no publication.
    """
    calm, fresh = threading.Event(), threading.Event()
    # Daemons: a duty that hangs beyond the farewell ends with the process; its lease expires.
    beside = [
        threading.Thread(target=_ship, args=(stop, pause, fresh), daemon=True),
        threading.Thread(target=_wait, args=(stop, calm), daemon=True),
    ]
    for thread in beside:
        thread.start()
    try:
        _publish(stop, pause, calm, fresh)
    finally:
        stop.set()
        calm.set()
        fresh.set()
        for thread in beside:
            thread.join(FAREWELL)


def _publish(
    stop: threading.Event, pause: float, calm: threading.Event, fresh: threading.Event
) -> None:
    """Do the prompt duties; `fresh` is set when something was done, `calm` while nothing is due."""
    quiet_from = 0.0
    while not stop.is_set():
        if _round(PROMPT):
            calm.clear()
            fresh.set()
            quiet_from = time.monotonic() + QUIET
            continue
        if _round(AWAITING):
            calm.clear()
        elif time.monotonic() >= quiet_from:
            calm.set()
        stop.wait(pause)


def _ship(stop: threading.Event, pause: float, fresh: threading.Event) -> None:
    """Ship what is there, at once what has just been published."""
    try:
        while not stop.is_set():
            if not _round(SHIPPING):
                fresh.wait(pause)
            fresh.clear()
    finally:
        connections.close_all()  # this thread's own


def _wait(stop: threading.Event, calm: threading.Event) -> None:
    """Do the patient duties, which leave the processor to publications that are due."""
    try:
        while not stop.is_set():
            done = 0
            for duty in PATIENT:
                calm.wait(GIVES_WAY)
                done += _round((duty,))
            if not done:
                stop.wait(PATIENT_PAUSE)
    finally:
        connections.close_all()


def _round(duties: Sequence[Duty]) -> int:
    close_old_connections()
    return run_once(now=timezone.now(), duties=duties)
