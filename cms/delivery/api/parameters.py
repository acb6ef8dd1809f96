"""Query parameters of the API, read by the same rules as those of the search."""

from django.conf import settings
from django.http import HttpRequest

from search.params import SearchParams, bad, parse


def read(request: HttpRequest, *names: str, own: tuple[str, ...] = ()) -> SearchParams:
    """Return the parameters of a request that knows only `names` and those of its `own`.

    Raises Problem (400) for any other name and for every value that cannot be read. What is the
    request's own is left to the caller.
    """
    for name in request.GET:
        if name not in (*names, *own):
            raise bad(name if name.isidentifier() else "", "This parameter does not exist.")
    shared = request.GET.copy()
    for name in own:
        shared.pop(name, None)
    return parse(shared, language=settings.LANGUAGE_CODE)
