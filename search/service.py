"""Answer a question from Elasticsearch, or from the database when there is none to ask."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as day_time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from search import engines, fallback, index_search, registry, shape, synonyms
from search.advice import advise, places_like
from search.distance import Near
from search.hints import hints
from search.params import SearchParams, Sort
from search.proposals import NO_ADVICE
from search.regions import region_filter
from search.registry import Place
from search.results import Criteria, EngineAnswer, FacetValue, SearchResult
from search.rows import Labels, Row, hits, labels_of, visible_rows

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The places a reader meant, and whether their text was a postal code."""

    places: tuple[Place, ...] = ()
    is_postal_code: bool = False


def search(params: SearchParams, *, now: datetime) -> SearchResult:
    """Return one page of what is public at `now` and answers the question.

    Never raises for an outage: the database answers then, and the result says so. Texts are in
    the language that is active.
    """
    started = time.perf_counter()
    chosen = _chosen(params)
    if params.region or params.postal_code:
        if not chosen.places:
            return _unanswered(params, started, is_region_unknown=True)
        if len(chosen.places) > 1 and not chosen.is_postal_code:
            return _unanswered(params, started, choices=chosen.places)
    criteria = _criteria(params, chosen, now=now)
    answer, backend = engines.ask(criteria, index=index_search.search, database=fallback.search)
    rows = visible_rows(answer.found, language=params.language, now=now)
    if not answer.total and not criteria.passed:
        _tell_of_miss(params, chosen, now=now)
    labels = _labels(answer, rows.values(), criteria)
    shown = hits(answer.found, rows, criteria=criteria, labels=labels)
    total = max(0, answer.total - (len(answer.found) - len(rows)))
    advice = advise(
        params,
        build=lambda other: _criteria(other, _chosen(other), now=now),
        hits=shown,
        total=total,
        is_relaxed=answer.is_relaxed,
        places=chosen.places,
        now=now,
    )
    return SearchResult(
        hits=shown,
        total=total,
        page=criteria.passed // params.page_size + 1,
        page_size=params.page_size,
        facets=_facets(answer, criteria, labels),
        backend=backend,
        degraded=engines.is_degraded(backend),
        took_ms=_took(started),
        places=chosen.places,
        hints=hints(
            params,
            total=answer.total,
            is_relaxed=answer.is_relaxed,
            is_corrected=advice.spelling is not None,
        ),
        is_relaxed=answer.is_relaxed,
        next=answer.next,
        near=criteria.near,
        advice=advice,
    )


def _tell_of_miss(params: SearchParams, chosen: _Chosen, *, now: datetime) -> None:
    """Tell whoever counts them of a question without result. A reader never waits for an error."""
    keys = [place.key for place in chosen.places]
    for listener in registry.miss_listeners():
        try:
            listener(region_keys=keys, facets=params.facets, language=params.language, now=now)
        except Exception:
            logger.exception("a question without result was not counted")


def _chosen(params: SearchParams) -> _Chosen:
    if params.postal_code:
        # Five digits may be the key of a district as well; here the reader has said which.
        places = registry.places().by_postal_code(params.postal_code)
        return _Chosen(_named(places, params.language), is_postal_code=True)
    if params.region:
        resolution = registry.places().resolve(params.region)
        return _Chosen(_named(resolution.places, params.language), resolution.is_postal_code)
    return _Chosen()


def _named(places: Sequence[Place], language: str) -> tuple[Place, ...]:
    """Return the places in the reader's language."""
    named = registry.places().by_keys([place.key for place in places], language)
    return tuple(named.get(place.key, place) for place in places)


def _criteria(params: SearchParams, chosen: _Chosen, *, now: datetime) -> Criteria:
    kinds = registry.kinds()
    region = None
    near = _near(params, chosen)
    # Around the middle of a region its border means nothing: the radius takes its place.
    is_border_open = near is not None and near.radius_km is not None and params.near is None
    if chosen.places and not is_border_open:
        region = region_filter(
            chosen.places, kinds=kinds, scope=params.scope, is_postal_code=chosen.is_postal_code
        )
    return Criteria(
        q=params.q,
        language=params.language,
        now=now,
        kinds=params.kinds,
        region=region,
        facets=params.facets,
        facet_names=tuple(facet.name for facet in registry.facets()),
        published_from=_midnight(params.since) if params.since else None,
        published_before=_midnight(_next_day(params.until)) if params.until else None,
        news=tuple(kind.name for kind in kinds if kind.is_news),
        offset=(params.page - 1) * params.page_size,
        size=params.page_size,
        sort=_sort(params, near),
        is_sentence=shape.is_sentence(params.q, params.language),
        groups=synonyms.groups(params.q, params.language),
        source_language=settings.LANGUAGE_CODE,
        near=near,
        walk=params.cursor,
    )


def _near(params: SearchParams, chosen: _Chosen) -> Near | None:
    """Return where the reader is: their own point, or the middle of the place they chose."""
    point = params.near or next((place.point for place in chosen.places if place.point), None)
    return Near(point=point, radius_km=params.radius_km) if point else None


def _sort(params: SearchParams, near: Near | None) -> Sort:
    if params.sort == "distance" and not near:
        return "relevance" if params.q else "date"  # a place whose middle nobody knows
    return params.sort if params.q or params.sort == "distance" else "date"


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _midnight(day: date) -> datetime:
    """Return the beginning of a day where the readers live, kept inside what UTC can say."""
    clamped = min(max(day, date(1, 1, 2)), date(9999, 12, 30))
    return datetime.combine(clamped, day_time.min, tzinfo=timezone.get_default_timezone())


def _labels(answer: EngineAnswer, rows: Iterable[Row], criteria: Criteria) -> Labels:
    """Return the labels of all values that are counted, selected or shown, each asked for once."""
    selected: dict[str, Sequence[str]] = {"kind": criteria.kinds, **criteria.facets}
    shown = [row["facets"] for row in rows]
    result = {}
    for name in ("kind", *criteria.facet_names):
        values = {value for value, _count in answer.facets.get(name, ())}
        values.update(selected.get(name, ()), *(facets.get(name, ()) for facets in shown))
        result[name] = labels_of(name, values, criteria.language)
    return result


def _facets(
    answer: EngineAnswer, criteria: Criteria, labels: Labels
) -> dict[str, tuple[FacetValue, ...]]:
    language = criteria.language
    selected: dict[str, Sequence[str]] = {"kind": criteria.kinds, **criteria.facets}
    result: dict[str, tuple[FacetValue, ...]] = {}
    for name in ("kind", *criteria.facet_names):
        counts = dict(answer.facets.get(name, ()))
        # What was chosen stays to be unchosen, also when it leaves nothing.
        counts |= {value: 0 for value in selected.get(name, ()) if value not in counts}
        known = labels[name]
        result[name] = tuple(
            FacetValue(
                key=value, label=known[value], count=count,
                is_selected=value in selected.get(name, ()),
            )
            for value, count in counts.items()
            if value in known
        )  # fmt: skip
    regions = dict(answer.facets.get("region", ()))
    places = registry.places().by_keys(regions, language) if regions else {}
    chosen = criteria.region.keys if criteria.region else ()
    result["region"] = tuple(
        FacetValue(
            key=key, label=places[key].full_name, count=count, place=places[key],
            is_selected=key in chosen,
        )
        for key, count in regions.items()
        if key in places
    )  # fmt: skip
    return result


def _unanswered(
    params: SearchParams,
    started: float,
    *,
    is_region_unknown: bool = False,
    choices: tuple[Place, ...] = (),
) -> SearchResult:
    """Return an empty result that tells why nothing was searched."""
    if choices:
        hint = _("Several places have this name. Please choose one.")
    else:
        hint = _("This place is not known. Give a town, a district or a postal code.")
    return SearchResult(
        hits=(),
        total=0,
        page=params.page,
        page_size=params.page_size,
        facets={},
        backend="elasticsearch" if settings.ELASTICSEARCH_URL else "database",
        degraded=False,
        took_ms=_took(started),
        choices=choices,
        hints=(hint,),
        is_region_unknown=is_region_unknown,
        advice=places_like(params) if is_region_unknown else NO_ADVICE,
    )


def _took(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
