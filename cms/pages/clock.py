"""Hours that the change between winter and summer time skips or doubles."""

from datetime import datetime, tzinfo
from typing import Literal


def clock_change(local: datetime, zone: tzinfo) -> Literal["skipped", "doubled"] | None:
    """Return what the change of the clocks in `zone` does to `local`, None for an ordinary time.

    `local` is a naive time as somebody wrote it. In Berlin 2027-03-28 02:30 is skipped (clocks go
    from 2 to 3), 2026-10-25 02:30 comes twice. Source of the rule: PEP 495.
    """
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    if first is None or second is None or first == second:
        return None
    return "skipped" if first < second else "doubled"
