"""Count what a question finds in the database, by the values of every facet.

The values of documents are remembered in the process under the hash of their content, of which
they are a part. Whether a document is visible and fits is asked of the database every time; of most
nothing else is read. Counted there, by joins over all that is found, they take several times as
long.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from search import statements
from search.facets import VALUES
from search.regions import facet_prefixes
from search.results import Criteria
from search.statements import Match

READ_AT_ONCE = 5_000  # documents
REMEMBERED = 200_000  # documents, roughly 300 bytes each; beyond, all are forgotten

Counts = list[tuple[str, int]]
_Values = tuple[str, ...]  # "topic=work", "region=03158"

_known: dict[str, _Values] = {}
_kind = itemgetter(1)  # of a Match


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found: the hits, and by facet its values with their numbers, the greatest first."""

    hits: Sequence[Match]
    facets: dict[str, Counts]


def tally(criteria: Criteria, found: Sequence[Match]) -> Tally:
    """Sort the documents found by what the reader selected; each facet leaves out its own.

    So a document that fails one selection only is no hit, but counts for that facet.
    """
    values = _values_of(found)
    wanted = {
        name: {f"{name}={value}" for value in ticked}
        for name, ticked in criteria.facets.items()
        if ticked
    }
    hits: Sequence[Match] = found
    besides: dict[str, list[_Values]] = {name: [] for name in wanted}
    of_other_kinds: list[Match] = []
    if wanted or criteria.kinds:
        fitting = []
        for number, has in enumerate(values):
            failed = [name for name, ticked in wanted.items() if ticked.isdisjoint(has)]
            if criteria.kinds and found[number][1] not in criteria.kinds:
                if not failed:
                    of_other_kinds.append(found[number])
            elif not failed:
                fitting.append(number)
            elif len(failed) == 1:
                besides[failed[0]].append(has)
        hits, values = [found[number] for number in fitting], [values[n] for n in fitting]
    kinds = Counter(map(_kind, chain(hits, of_other_kinds)))
    return Tally(hits, {"kind": _greatest(kinds.items()), **_facets(criteria, values, besides)})


def _facets(
    criteria: Criteria, hits: Sequence[_Values], besides: dict[str, list[_Values]]
) -> dict[str, Counts]:
    counts: dict[str, Counts] = {name: [] for name in ("region", *criteria.facet_names)}
    for key, count in _counted(hits):
        name, _, value = key.partition("=")
        if name in counts and name not in besides:
            counts[name].append((value, count))
    for name, others in besides.items():
        if name in counts:
            every = _counted([*hits, *others])
            mine = [(key.partition("="), count) for key, count in every]
            counts[name] = [(value, count) for (of, _, value), count in mine if of == name]
    prefixes = facet_prefixes(criteria.region.keys if criteria.region else ())
    counts["region"] = [
        (key, count)
        for key, count in counts["region"]
        if any(key.startswith(start) and len(key) == length for start, length in prefixes)
    ]
    return {name: _greatest(found) for name, found in counts.items()}


def _counted(values: Iterable[_Values]) -> Iterable[tuple[str, int]]:
    return Counter(chain.from_iterable(values)).items()


def _greatest(counts: Iterable[tuple[str, int]]) -> Counts:
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:VALUES]


def _values_of(found: Sequence[Match]) -> list[_Values]:
    """Return the values of documents, those remembered without asking."""
    try:
        return [_known[content] for _, _, _, content in found]
    except KeyError:
        return _read(found)


def _read(found: Sequence[Match]) -> list[_Values]:
    """Return the values of documents of which some are not remembered yet."""
    result = [_known.get(content) for _, _, _, content in found]
    missing = [number for number, values in enumerate(result) if values is None]
    if len(_known) + len(missing) > REMEMBERED:
        _known.clear()
    for start in range(0, len(missing), READ_AT_ONCE):
        numbers = missing[start : start + READ_AT_ONCE]
        read = {}
        for pk, content, facets, paths in statements.values([found[n][0] for n in numbers]):
            read[pk] = _flat(facets, paths)
            if len(_known) < REMEMBERED:
                _known[content] = read[pk]
        for number in numbers:
            result[number] = read.get(found[number][0])
    return [values or () for values in result]  # nothing of what went meanwhile


def _flat(facets: dict[str, list[str]], paths: Sequence[str]) -> _Values:
    pairs = [f"{name}={value}" for name, values in facets.items() for value in values]
    # Each text once in memory, whatever the number of documents.
    return tuple(map(sys.intern, (*pairs, *(f"region={key}" for key in paths))))
