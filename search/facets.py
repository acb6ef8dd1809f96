"""Count hits by kind, region and facets in Elasticsearch: what is asked, and what was answered.

Pure functions. All facets that nothing was chosen of are counted together: each aggregation costs
every index some work, even one without a hit, and picking a facet's values by their beginning costs
most of it.
"""

from typing import Any

from search.regions import facet_prefixes
from search.results import Criteria

Body = dict[str, Any]

VALUES = 100  # counted of one facet
ALL_VALUES = 1000  # counted of all facets together
_TOGETHER = "facets"


def selections(criteria: Criteria) -> dict[str, Body]:
    """Return what the reader ticked as filters, by facet; counts of a facet leave out its own."""
    found: dict[str, Body] = {}
    if criteria.kinds:
        found["kind"] = {"terms": {"kind": list(criteria.kinds)}}
    for name, values in criteria.facets.items():
        if values:
            found[name] = {"terms": {"facets": [f"{name}={value}" for value in values]}}
    return found


def aggregations(criteria: Criteria) -> Body:
    """Return the aggregations of a request."""
    keys = criteria.region.keys if criteria.region else ()
    digits = [f"{key}[0-9]{{{length - len(key)}}}" for key, length in facet_prefixes(keys)]
    chosen = selections(criteria)
    counts: Body = {
        "kind": {"field": "kind", "size": VALUES},
        "region": {"field": "region_paths", "size": VALUES, "include": "|".join(digits)},
    }
    for name in criteria.facet_names:
        if name in chosen:
            counts[name] = {"field": "facets", "size": VALUES, "include": f"{name}=.*"}
        else:
            counts[_TOGETHER] = {"field": "facets", "size": ALL_VALUES}
    return {
        name: {
            "filter": {"bool": {"filter": [each for of, each in chosen.items() if of != name]}},
            "aggs": {"values": {"terms": terms}},
        }
        for name, terms in counts.items()
    }


def counted(criteria: Criteria, answer: Body) -> dict[str, list[tuple[str, int]]]:
    """Return the values of kind, region and each facet with their numbers, most hits first."""
    counts = {
        name: [(bucket["key"], bucket["doc_count"]) for bucket in found["values"]["buckets"]]
        for name, found in answer["aggregations"].items()
    }
    together = counts.pop(_TOGETHER, [])
    result = {name: counts.pop(name) for name in ("kind", "region")}
    for name in criteria.facet_names:
        values = counts.get(name, together)
        own = f"{name}="
        mine = [(key.removeprefix(own), count) for key, count in values if key.startswith(own)]
        result[name] = mine[:VALUES]
    return result
