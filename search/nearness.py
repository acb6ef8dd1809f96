"""What a place of the reader means in a request to Elasticsearch: pure functions."""

from typing import Any

from search.distance import NEARNESS_SCALE, NEARNESS_WEIGHT, Near

Body = dict[str, Any]


def within(near: Near) -> list[Body]:
    """Return the filter for what lies in the radius; none without a radius."""
    if near.radius_km is None:
        return []
    return [{"geo_distance": {"distance": f"{near.radius_km}km", "points": _point(near)}}]


def order(near: Near) -> Body:
    """Sort by the way to the nearest of the places; what has none comes last."""
    return {
        "_geo_distance": {"points": _point(near), "order": "asc", "unit": "km", "mode": "min"},
    }


def score(near: Near) -> Body:
    """Let what is near score up to a quarter more."""
    return {
        # Without a place of its own a document would count as being here.
        "filter": {"exists": {"field": "points"}},
        "gauss": {"points": {"origin": _point(near), "scale": f"{NEARNESS_SCALE}km"}},
        "weight": NEARNESS_WEIGHT,
    }


def _point(near: Near) -> Body:
    return {"lat": near.point[0], "lon": near.point[1]}
