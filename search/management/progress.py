"""How far a rebuild is, as a line for people."""

import time
from typing import TextIO

from search.rebuild import Step

WIDTH = 24  # characters of the bar
PAUSE = 0.2  # seconds between two lines on a terminal
LOG_PAUSE = 10.0  # seconds between two lines elsewhere

_NAMES = {"fill": "filling", "copy": "copying", "check": "checking"}


def line(language: str, step: Step, *, rate: float) -> str:
    """Return language, bar, share, rate (rows a second) and the time left."""
    share = min(1.0, step.done / step.total) if step.total else 1.0
    bar = "█" * round(share * WIDTH)
    left = f"{duration((step.total - step.done) / rate)} left" if rate else "starting"
    return (
        f"{language:10} {_NAMES[step.what]:8} {bar:░<{WIDTH}} {share:4.0%}"
        f"  {step.done:,} of {step.total:,}  {rate:,.0f}/s  {left}"
    )


def duration(seconds: float) -> str:
    """Return a time as people say it: 42 s, 3 min 5 s, 2 h 10 min."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


class ProgressBar:
    """Draws one moving line on a terminal, an occasional line elsewhere."""

    def __init__(self, language: str, out: TextIO) -> None:
        self._language = language
        self._out = out
        self._is_terminal = out.isatty()
        self._pause = PAUSE if self._is_terminal else LOG_PAUSE
        self._first: Step | None = None
        self._began = self._drawn = time.monotonic()

    def __call__(self, step: Step) -> None:
        """Show a step, unless the last one was shown a moment ago."""
        now = time.monotonic()
        if self._first is None or step.what != self._first.what or step.done < self._first.done:
            # A build that goes on begins in the middle: what others did counts for no rate.
            self._first, self._began = step, now
        elif now - self._drawn >= self._pause:
            rate = (step.done - self._first.done) / (now - self._began)
            text = line(self._language, step, rate=rate)
            self._out.write(f"\r\x1b[2K{text}" if self._is_terminal else f"{text}\n")
            self._out.flush()
            self._drawn = now

    def end(self) -> None:
        """Leave the line, so that what follows takes its place."""
        if self._is_terminal:
            self._out.write("\r\x1b[2K")
            self._out.flush()
