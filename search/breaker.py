"""Stop asking a dead server; try again without making any reader wait."""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

PROBE_INTERVAL = 1.0  # seconds between two probes of a server that failed


class Breaker:
    """Closed while the server answers. After a failure it stays open until a probe succeeds.

    The failure itself costs one timeout. Afterwards nobody waits: `allows()` starts the probe in
    a thread of its own at most once in `PROBE_INTERVAL` and says no meanwhile.
    """

    def __init__(
        self, probe: Callable[[], bool], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._probe = probe
        self._clock = clock
        self._lock = threading.Lock()
        self._is_open = False
        self._is_probing = False
        self._next_probe = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server is taken for dead."""
        return self._is_open

    def allows(self) -> bool:
        """Return whether a request may be sent now."""
        if not self._is_open:
            return True
        with self._lock:
            if self._is_open and not self._is_probing and self._clock() >= self._next_probe:
                self._is_probing = True
                threading.Thread(target=self._try, name="search-probe", daemon=True).start()
        return False

    def failed(self) -> None:
        """Note that the server did not answer."""
        with self._lock:
            if not self._is_open:
                logger.warning("search server does not answer")
            self._is_open = True
            self._next_probe = self._clock() + PROBE_INTERVAL

    def _try(self) -> None:
        is_alive = False
        try:
            is_alive = self._probe()
        finally:
            with self._lock:
                self._is_probing = False
                self._is_open = not is_alive
                self._next_probe = self._clock() + PROBE_INTERVAL
