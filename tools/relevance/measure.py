"""The measure: nDCG@10 where exactly one page is right."""

import math
from collections.abc import Iterable, Sequence

DEPTH = 10


def gain(found: Sequence[str], right: str) -> float:
    """Return 1 for the right page in first place, less the lower it stands, 0 below the tenth."""
    top = list(found[:DEPTH])
    return 1 / math.log2(top.index(right) + 2) if right in top else 0.0


def mean(values: Iterable[float]) -> float:
    """Return the mean; 0 of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0
