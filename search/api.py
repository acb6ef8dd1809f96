"""The search of the public JSON API."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Router

from search import schemas
from search.params import MAX_HITS, SearchParams, languages, parse
from search.problems import Problem, problem_response
from search.registry import Place
from search.results import FacetValue, Hit, SearchResult
from search.service import search

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
        "links": _links(request, result),
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


def _facet(values: tuple[FacetValue, ...]) -> list[dict[str, Any]]:
    return [
        {**_place(value.place), "count": value.count}
        if value.place
        else {"key": value.key, "label": value.label, "count": value.count}
        for value in values
    ]


def _links(request: HttpRequest, result: SearchResult) -> dict[str, str | None]:
    end = result.page * result.page_size
    has_next = end < result.total and end + result.page_size <= MAX_HITS
    return {
        "next": _page_url(request, result.page + 1) if has_next else None,
        "prev": _page_url(request, result.page - 1) if result.page > 1 else None,
    }


def _page_url(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
