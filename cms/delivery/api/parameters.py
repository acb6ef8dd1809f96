"""Query parameters of the API, read by the same rules as those of the search."""

from django.conf import settings
from django.http import HttpRequest

from search.params import SearchParams, bad, parse


def read(request: HttpRequest, *names: str) -> SearchParams:
    """Return the parameters of a request that knows only `names`.

    Raises Problem (400) for any other name and for every value that cannot be read.
    """
    for name in request.GET:
        if name not in names:
            raise bad(name if name.isidentifier() else "", "This parameter does not exist.")
    return parse(request.GET, language=settings.LANGUAGE_CODE)
