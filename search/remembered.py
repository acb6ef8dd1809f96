"""Names that hardly ever change, kept in memory for a while: every request needs the same ones."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

SECONDS = 60.0  # until a changed name shows
LIMIT = 50_000  # names kept; beyond, all are forgotten

Named = TypeVar("Named")
Names = Callable[[Iterable[str], str], dict[str, Named]]


def remembered(
    names: "Names[Named]", *, clock: Callable[[], float] = time.monotonic
) -> "Names[Named]":
    """Return a function like `names(keys, language)` that asks only for what it does not know.

    Unknown keys are asked for every time: what was just added is known at once. Not for names
    whose visibility may end.
    """
    known: dict[tuple[str, str], tuple[float, Named]] = {}

    def remember(keys: Iterable[str], language: str) -> dict[str, Named]:
        now = clock()
        found: dict[str, Named] = {}
        missing = []
        for key in keys:
            until, name = known.get((language, key), (0.0, None))
            if name is None or until <= now:
                missing.append(key)
            else:
                found[key] = name
        if missing:
            fresh = names(missing, language)
            if len(known) > LIMIT:
                known.clear()
            known.update({(language, key): (now + SECONDS, fresh[key]) for key in fresh})
            found |= fresh
        return found

    return remember
