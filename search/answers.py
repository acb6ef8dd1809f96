"""Which language version answers readers of which language."""

from collections.abc import Collection, Iterable


def answers_for(
    versions: Iterable[str], *, readers: Iterable[str], source: str
) -> dict[str, list[str]]:
    """Return for each version's language the reader languages it is the best answer for.

    The best version for a reader: their own language, else its base (`de-x-leicht` reads `de`),
    else the `source` language, else English, else the first in the alphabet. Each reader language
    is given to exactly one version, so an item is found once and never missed.
    """
    available = sorted(set(versions))
    result: dict[str, list[str]] = {language: [] for language in available}
    if not available:
        return result
    for reader in readers:
        result[_best(reader, available, source)].append(reader)
    return result


def _best(reader: str, available: Collection[str], source: str) -> str:
    for wish in (reader, reader.partition("-")[0], source, "en"):
        if wish in available:
            return wish
    return next(iter(available))
