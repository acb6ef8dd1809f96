"""The clock of a process that looks at another moment than now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the whole process believe that it is `moment` (UTC), and that time stands still.

    Every view, selector and duty, Django's and Wagtail's included, asks `timezone.now()`: so that
    is the one place where the clock can be set (a test keeps it so). Only for commands: a process
    that serves readers must never do this.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
