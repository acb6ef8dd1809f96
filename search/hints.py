"""The sentences above a result that has not what was asked for, in the language that is active."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from search import vocabulary
from search.chosen import chosen
from search.expressions import query_words
from search.params import SearchParams


def hints(
    params: SearchParams, *, total: int, is_relaxed: bool, is_corrected: bool
) -> tuple[str, ...]:
    """Return what a reader should know of a result; `is_corrected`: a spelling is proposed."""
    if not total:
        return (" ".join(_nothing(params)),)
    return (_loosened(params, is_corrected=is_corrected),) if is_relaxed else ()


def _nothing(params: SearchParams) -> Iterator[str]:
    """Yield what can be changed: only what there is."""
    yield _("Nothing was found.")
    if len(query_words(params.q)) > 1:
        yield _("Check the spelling or use fewer words.")
    elif params.q:
        yield _("Check the spelling or try another word.")
    if chosen(params, ()):
        yield _("Remove a filter to find more.")


def _loosened(params: SearchParams, *, is_corrected: bool) -> str:
    """Return what the results are instead: of one word no result has "some"."""
    typed = {"words": params.q}
    is_single = len(query_words(params.q)) == 1
    if is_corrected or (is_single and vocabulary.mistyped(params.q)):
        return _("No result for “%(words)s” as typed; these are similar.") % typed
    if is_single:
        return _("Few results have “%(words)s”. The others are similar.") % typed
    return _("Few results contain all words. These contain some of them.")
