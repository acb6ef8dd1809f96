"""Build the indices that are missing, and finish what a killed builder began.

A build goes on in slices, so that a worker's other duties never wait for it.
"""

import atexit
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from search import builds, families, mappings, rebuild
from search.params import languages

logger = logging.getLogger(__name__)

CHECK_INTERVAL = timedelta(seconds=2)  # between two looks whether all indices are there
RED_PATIENCE = timedelta(minutes=1)  # a lost shard may come back with its node; then it will not

_Key = tuple[str, str]


@dataclass
class _State:
    """What this process knows, by server and prefix: the last look and the builds at hand."""

    looked_at: dict[_Key, datetime] = field(default_factory=dict)
    at_hand: dict[_Key, dict[str, rebuild.Steps]] = field(default_factory=dict)
    red_since: dict[str, datetime] = field(default_factory=dict)  # by index


_state = _State()


@atexit.register
def let_go() -> None:
    """Leave the builds at hand to the next process, at once."""
    for at_hand in _state.at_hand.values():
        for steps in at_hand.values():
            steps.close()
        at_hand.clear()


def heal(*, now: datetime, patience: float | None) -> tuple[str, ...]:
    """Look from time to time whether all indices are there; see `ensure_indices`."""
    last = _state.looked_at.get(_key())
    is_fresh = last is not None and timedelta() <= now - last < CHECK_INTERVAL
    if is_fresh and not _state.at_hand.get(_key()):
        return ()
    built = ensure_indices(now=now, patience=patience)
    _state.looked_at[_key()] = now
    return built


def look_again() -> None:
    """Forget that all indices were there: the server says otherwise."""
    _state.looked_at.clear()


def ensure_indices(*, now: datetime, patience: float | None = None) -> tuple[str, ...]:
    """Build every index that is missing, has an old mapping or lost a shard for good.

    Returns the finished languages.

    A new index gets its alias only when it is filled, so readers never meet an empty one. Stops
    after about `patience` seconds (None: at the end); the next call goes on. Raises
    client.SearchUnavailable.
    """
    deadline = None if patience is None else time.monotonic() + patience
    at_hand = _state.at_hand.setdefault(_key(), {})
    live = families.live_indices()
    lost = _lost(now)
    wanted = [*at_hand]
    for code in languages():
        index = live.get(mappings.alias(code))
        if index is None or index in lost:
            wanted.append(code)
    wanted += [code for code in builds.abandoned(now=now) if code in languages()]
    return tuple(
        language
        for language in dict.fromkeys(wanted)
        if _advance(language, at_hand, now=now, deadline=deadline)
    )


def _lost(now: datetime) -> set[str]:
    """Return the indices that have been red for too long."""
    red = families.red_indices()
    since = {index: _state.red_since.get(index, now) for index in red}
    _state.red_since = since
    return {index for index in red if now - since[index] > RED_PATIENCE}


def _advance(
    language: str, at_hand: dict[str, rebuild.Steps], *, now: datetime, deadline: float | None
) -> bool:
    """Go on with one build until it is done or the time is over; return whether it is done."""
    steps = at_hand.pop(language, None) or rebuild.steps(language, now=now)
    try:
        while True:
            next(steps)  # one at least, or a slow server would keep us where we are
            if deadline is not None and time.monotonic() > deadline:
                break
    except StopIteration as stop:
        return stop.value is not None
    except (builds.LeaseLost, rebuild.RebuildFailed):
        logger.exception("index not built", extra={"language": language})
        return False
    at_hand[language] = steps
    return False


def _key() -> _Key:
    return settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX_PREFIX
