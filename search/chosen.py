"""Which filters a question has, one by one: what each is called, and the question without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from search import registry
from search.params import SearchParams
from search.registry import Place
from search.rows import labels_of

Changes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter: what it is about, its value, and the parameters that change without it."""

    label: str
    value: str
    without: Changes


def labels() -> dict[str, str]:
    """Return what readers call the parameters that are filters, by their names."""
    named = {facet.name: str(facet.label) for facet in registry.facets()}
    place, time = _("Region"), _("Time")
    return {
        "kind": _("Kind"), "region": place, "postal_code": place, "scope": place,
        "near": _("Place"), "radius_km": _("How far"), "since": time, "until": time, **named,
    }  # fmt: skip


def chosen(params: SearchParams, places: Sequence[Place], *, near: str = "") -> tuple[Chosen, ...]:
    """Return every filter of a question.

    `places` are those that its region means, `near` is what was typed for the reader's own place.
    """
    return (*_region(params, places), *_near(params, near), *_values(params), *_time(params))


def without_all(filters: Sequence[Chosen]) -> Changes:
    """Return the parameters that change when no filter is left."""
    return {name: () for each in filters for name in each.without}


def _region(params: SearchParams, places: Sequence[Place]) -> Iterator[Chosen]:
    typed = params.region or params.postal_code
    if not typed:
        return
    value = ", ".join(place.full_name for place in places) or typed
    others = {} if params.near else _no_distance(params)
    without: Changes = {"region": (), "postal_code": (), "scope": (), **others}
    yield Chosen(labels()["region"], value, without)


def _near(params: SearchParams, typed: str) -> Iterator[Chosen]:
    if params.near:
        is_somewhere = params.region or params.postal_code
        others = {} if is_somewhere else _no_distance(params)
        yield Chosen(labels()["near"], typed, {"near": (), **others})
    if params.radius_km:
        number = _("%(number)s km") % {"number": params.radius_km}
        yield Chosen(labels()["radius_km"], number, {"radius_km": ()})


def _no_distance(params: SearchParams) -> Changes:
    """Return what goes with the last place: from nowhere nothing is near."""
    return dict.fromkeys(("radius_km", *(["sort"] if params.sort == "distance" else [])), ())


def _values(params: SearchParams) -> Iterator[Chosen]:
    ticked: dict[str, tuple[str, ...]] = {"kind": params.kinds, **params.facets}
    for name, values in ticked.items():
        known = labels_of(name, values, params.language)
        for value in values:
            rest = tuple(other for other in values if other != value)
            yield Chosen(labels()[name], known.get(value, value), {name: rest})


def _time(params: SearchParams) -> Iterator[Chosen]:
    parts = []
    if params.since:
        parts.append(_("from %(date)s") % {"date": _day(params.since)})
    if params.until:
        parts.append(_("until %(date)s") % {"date": _day(params.until)})
    if parts:
        yield Chosen(labels()["since"], " ".join(parts), {"since": (), "until": ()})


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
