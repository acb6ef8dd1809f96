"""The one background process: lanes of duties, each of which stands failing alone."""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from cms.worker.duties import DUTIES, PATIENT, PROMPT, Duty

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds; a publication is found within a second
PATIENT_PAUSE = 1.0  # seconds; nobody waits for a mail on the second
FAREWELL = 30.0  # seconds that the patient lane has to finish the duty at hand


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

    What talks to slow servers has a thread of its own, so that it holds up no publication.
    """
    # A daemon: a duty that hangs beyond the farewell ends with the process; its lease expires.
    patient = threading.Thread(target=_patient_lane, args=(stop,), daemon=True)
    patient.start()
    _lane(PROMPT, stop, pause)
    patient.join(FAREWELL)


def _patient_lane(stop: threading.Event) -> None:
    try:
        _lane(PATIENT, stop, PATIENT_PAUSE)
    finally:
        connections.close_all()


def _lane(duties: Sequence[Duty], stop: threading.Event, pause: float) -> None:
    while not stop.is_set():
        close_old_connections()
        if not run_once(now=timezone.now(), duties=duties):
            stop.wait(pause)
