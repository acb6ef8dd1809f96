"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.page import SearchPage, page_parameters
from search.params import languages, parse
from search.problems import Problem
from search.service import search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the form and its results, in the language of the page."""
    active = get_language() or ""
    language = active if active in languages() else languages()[0]
    query = page_parameters(request.GET)
    try:
        params = parse(query, language=language)
    except Problem as problem:
        page = SearchPage(query=query, problem=problem)
    else:
        page = SearchPage(query=query, params=params, result=search(params, now=timezone.now()))
    return render(request, "search/search.html", {"search": page}, status=page.status)
