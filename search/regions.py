"""What a reader's region means for a search."""

from collections.abc import Iterable, Sequence

from search.registry import Kind, Place, Scope
from search.results import RegionFilter

# Digits of an official key by level.
STATE, DISTRICT, MUNICIPALITY = 2, 5, 12


def region_filter(
    places: Sequence[Place],
    *,
    kinds: Iterable[Kind],
    scope: Scope | None,
    is_postal_code: bool,
) -> RegionFilter:
    """Return the filter for places, any of which will do.

    An explicit scope counts for all kinds. Otherwise who gives a postal code asks what serves
    them there; who gives a region gets each kind's own meaning.
    """
    chosen: Scope | None = scope or ("serving" if is_postal_code else None)
    keys = tuple(dict.fromkeys(place.key for place in places))
    above = dict.fromkeys(key for place in places for key in place.ancestors)
    return RegionFilter(
        keys=keys,
        above=tuple(key for key in above if key not in keys),
        serving=frozenset(
            kind.name for kind in kinds if (chosen or kind.default_scope) == "serving"
        ),
    )


def facet_prefixes(keys: Sequence[str]) -> list[tuple[str, int]]:
    """Return which regions are counted: (beginning of the key, its number of digits).

    One level below the selection: the districts of the country or of a state, the municipalities
    of a district; of a municipality only itself.
    """
    if not keys:
        return [("", DISTRICT)]
    below = {STATE: DISTRICT, DISTRICT: MUNICIPALITY}
    return [(key, below.get(len(key), len(key))) for key in keys]
