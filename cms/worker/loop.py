"""The one background process: lanes of duties, each of which stands failing alone."""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from cms.worker.duties import DUTIES, PATIENT, PROMPT, SHIPPING, Duty

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds; a publication is found within a second
PATIENT_PAUSE = 1.0  # seconds; nobody waits for a mail on the second
FAREWELL = 30.0  # seconds that the other lanes have to finish the duty at hand


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
    # Daemons: a duty that hangs beyond the farewell ends with the process; its lease expires.
    beside = [
        threading.Thread(target=_beside, args=(SHIPPING, stop, pause), daemon=True),
        threading.Thread(target=_beside, args=(PATIENT, stop, PATIENT_PAUSE), daemon=True),
    ]
    for thread in beside:
        thread.start()
    try:
        _lane(PROMPT, stop, pause)
    finally:
        stop.set()
        for thread in beside:
            thread.join(FAREWELL)


def _beside(duties: Sequence[Duty], stop: threading.Event, pause: float) -> None:
    try:
        _lane(duties, stop, pause)
    finally:
        connections.close_all()  # this thread's own


def _lane(duties: Sequence[Duty], stop: threading.Event, pause: float) -> None:
    while not stop.is_set():
        close_old_connections()
        if not run_once(now=timezone.now(), duties=duties):
            stop.wait(pause)
