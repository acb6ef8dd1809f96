"""The search of the public JSON API."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Router

from search import cursor, schemas
from search.params import MAX_HITS, SearchParams, languages, parse, parse_typed
from search.problems import Problem, problem_response
from search.proposals import Proposal
from search.registry import Place
from search.results import FacetValue, Hit, SearchResult
from search.service import search
from search.suggestions.service import Suggestion, suggest

router = Router(tags=["search"])


@router.get(
    "/search",
    response=schemas.SearchAnswer,
    summary="Search news, members and offers",
    openapi_extra={"parameters": schemas.PARAMETERS},
)
def search_endpoint(request: HttpRequest) -> Any:
    """Find what is public by words, region and vocabulary; the reader's own language first."""
    try:
        # Problems speak the language of the answer, too, as far as it is known.
        with translation.override(_language(request.GET)):
            params = parse(request.GET, language=settings.LANGUAGE_CODE)
            result = search(params, now=timezone.now())
            if result.is_region_unknown:
                field = "postal_code" if params.postal_code else "region"
                raise Problem(404, _("Unknown place"), result.hints[0], field)
            return _answer(request, params, result)
    except Problem as problem:
        return problem_response(problem)


@router.get(
    "/suggest",
    response=schemas.SuggestAnswer,
    summary="Suggest while a reader types",
    openapi_extra={"parameters": schemas.SUGGEST_PARAMETERS},
    url_name="suggest",
)
def suggest_endpoint(request: HttpRequest) -> Any:
    """Suggest what is public and begins as the reader types: items, places, words to filter by."""
    try:
        with translation.override(_language(request.GET)):
            params = parse_typed(request.GET, language=settings.LANGUAGE_CODE)
            result = suggest(params, now=timezone.now())
            content = {
                "query": params.q,
                "language": params.language,
                "degraded": result.degraded,
                "backend": result.backend,
                "took_ms": result.took_ms,
                "items": [_suggestion(each) for each in result.items],
            }
    except Problem as problem:
        return problem_response(problem)
    return schemas.json_response(content)


def _language(query: QueryDict) -> str:
    wish = query.get("lang", "")
    return wish if wish in languages() else settings.LANGUAGE_CODE


def _answer(request: HttpRequest, params: SearchParams, result: SearchResult) -> HttpResponse:
    content: dict[str, Any] = {
        "query": params.q,
        "language": params.language,
        "total": result.total,
        "page": result.page,
        "page_size": result.page_size,
        "degraded": result.degraded,
        "backend": result.backend,
        "took_ms": result.took_ms,
        "items": [_item(hit) for hit in result.hits],
        "facets": {name: _facet(values) for name, values in result.facets.items()},
        "places": [_place(place) for place in result.places],
        "hint": " ".join(result.hints) or None,
        "choices": [_place(place) for place in result.choices],
        "did_you_mean": _proposal(request, result.advice.spelling),
        "place_offers": [_proposal(request, each) for each in result.advice.places],
        "advice": [_proposal(request, each) for each in result.advice.ways_out],
        "links": _links(request, params, result),
    }
    return schemas.json_response(content)


def _item(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "language": hit.language,
        "title": hit.title,
        "summary": hit.summary,
        "url": hit.url,
        "highlight": {"title": hit.highlight.title, "body": hit.highlight.body},
        "regions": [_place(place) for place in hit.regions],
        "region_relation": hit.region_relation,
        "published_at": hit.published_at,
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "is_old": hit.is_old,
        "facets": {
            name: [{"key": value.key, "label": value.label} for value in values]
            for name, values in hit.facets.items()
        },
    }


def _place(place: Place) -> dict[str, str]:
    return {
        "key": place.key,
        "name": place.name,
        "full_name": place.full_name,
        "parent_name": place.parent_name,
        "level": place.level,
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "type": suggestion.type,
        "text": suggestion.text,
        "detail": suggestion.detail,
        "language": suggestion.language,
        "id": suggestion.id or None,
        "kind": suggestion.kind or None,
        "url": suggestion.url or None,
        "parameters": dict(suggestion.parameters),
    }


def _proposal(request: HttpRequest, proposal: Proposal | None) -> dict[str, Any] | None:
    """Return a proposal with the question it leads to: `q` as it would be, and a link."""
    if proposal is None:
        return None
    query = request.GET.copy()
    query.pop("page", None)
    for name, values in proposal.parameters.items():
        query.setlist(name, list(values))
    return {
        "reason": proposal.reason,
        "text": proposal.text,
        "q": query.get("q", ""),
        "parameters": {name: list(values) for name, values in proposal.parameters.items()},
        "place": _place(proposal.place) if proposal.place else None,
        "total": proposal.total,
        "link": f"{request.path}?{query.urlencode()}",
    }


def _facet(values: tuple[FacetValue, ...]) -> list[dict[str, Any]]:
    return [
        {**_place(value.place), "count": value.count}
        if value.place
        else {"key": value.key, "label": value.label, "count": value.count}
        for value in values
    ]


def _links(
    request: HttpRequest, params: SearchParams, result: SearchResult
) -> dict[str, str | None]:
    """Return the neighbours: the next page by a cursor, which has no end, the former by number."""
    following = former = None
    if result.next:
        text = cursor.dump(result.next, question=params.question())
        following = _url(request, "cursor", text)
    if 0 < (result.page - 1) * result.page_size <= MAX_HITS:
        former = _url(request, "page", str(result.page - 1))
    return {"next": following, "prev": former}


def _url(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    for former in ("page", "cursor"):
        query.pop(former, None)
    query[name] = value
    return f"{request.path}?{query.urlencode()}"
