"""What helps on when few results or none were found, and the places that a question names.

Nothing of it is applied: the reader follows a link, or does not.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape

from django.utils.translation import gettext as _

from search import alike, counting, mentions, registry, spelling, vocabulary
from search.params import SearchParams
from search.proposals import NO_ADVICE, Advice, Proposal
from search.registry import Place
from search.results import Criteria, Hit
from search.rows import labels_of

Build = Callable[[SearchParams], Criteria]

_TAGS = re.compile(r"<[^>]*>")
WIDER = 2  # regions around the chosen one: its district, its state


def advise(
    params: SearchParams,
    *,
    build: Build,
    hits: Sequence[Hit],
    total: int,
    is_relaxed: bool,
    places: Sequence[Place],
    now: datetime,
) -> Advice:
    """Return the advice that goes with the first page of a result; later pages have none.

    `build` makes criteria of parameters. `places` are those the reader has chosen.
    """
    if params.page > 1 or params.cursor:
        return NO_ADVICE
    named = [] if places else _named(params)
    better = None
    if params.q and (not total or is_relaxed):
        better = _corrected(params, build=build, hits=hits, now=now)
    if total:
        return Advice(spelling=better, places=tuple(place for place, _asked in named))
    ways = [*_wider(params, places), *_without_one(params)]
    found = _counted([*named, *ways, *_without_any(params, ways)], build=build)
    ways_out = [each for each in found if each.reason != "place"]
    if any(each.reason != "without_filters" for each in ways_out):
        ways_out = [each for each in ways_out if each.reason != "without_filters"]
    return Advice(
        spelling=better,
        places=tuple(each for each in found if each.reason == "place"),
        ways_out=tuple(ways_out),
    )


def places_like(params: SearchParams) -> Advice:
    """Return the places that a reader may have meant who typed an unknown one."""
    typed = params.region or params.postal_code
    keys = registry.places().alike(typed, mentions.MAX_PLACES)
    places = registry.places().by_keys(keys, params.language) if keys else {}
    return Advice(
        places=tuple(
            Proposal(
                reason="place",
                parameters={"region": (key,), "postal_code": ()},
                text=places[key].full_name,
                place=places[key],
            )
            for key in keys
            if key in places
        )
    )


_Option = tuple[Proposal, SearchParams]


def _counted(options: Sequence[_Option], *, build: Build) -> list[Proposal]:
    """Return the options that lead to results, with their number."""
    if not options:
        return []
    totals = counting.totals([build(params) for _proposal, params in options])
    return [
        replace(proposal, total=total)
        for (proposal, _params), total in zip(options, totals, strict=True)
        if total
    ]


def _named(params: SearchParams) -> list[_Option]:
    """Return the regions that the words name, with the words that are left."""
    return [
        (
            Proposal(
                reason="place",
                parameters={"q": _given(mention.rest), "region": (place.key,)},
                text=mention.text,
                place=place,
            ),
            replace(params, q=mention.rest, region=place.key),
        )
        for mention in mentions.mentioned(params.q, params.language)
        for place in mention.places
    ][: mentions.MAX_PLACES]


def _wider(params: SearchParams, places: Sequence[Place]) -> list[_Option]:
    """Return the regions around the chosen ones."""
    keys = list(dict.fromkeys(key for place in places for key in place.ancestors))[:WIDER]
    around = registry.places().by_keys(keys, params.language) if keys else {}
    return [
        (
            Proposal(
                reason="wider_region",
                parameters={"region": (key,), "postal_code": ()},
                text=around[key].full_name,
                place=around[key],
            ),
            replace(params, region=key, postal_code=""),
        )
        for key in keys
        if key in around
    ]


def _without_one(params: SearchParams) -> list[_Option]:
    """Return the question without each of its filters."""
    options: list[tuple[tuple[str, ...], str, SearchParams]] = []
    if params.region or params.postal_code:
        changed = replace(params, region="", postal_code="", scope=None)
        options.append((("region", "postal_code", "scope"), _("Region"), changed))
    if params.kinds:
        label = _with_values(_("Kind"), "kind", params.kinds, params.language)
        options.append((("kind",), label, replace(params, kinds=())))
    for facet in registry.facets():
        if values := params.facets.get(facet.name):
            others = {name: ids for name, ids in params.facets.items() if name != facet.name}
            label = _with_values(str(facet.label), facet.name, values, params.language)
            options.append(((facet.name,), label, replace(params, facets=others)))
    if params.since or params.until:
        options.append((("since", "until"), _("Time"), replace(params, since=None, until=None)))
    return [
        (
            Proposal(reason="without_filter", parameters=dict.fromkeys(names, ()), text=label),
            changed,
        )
        for names, label, changed in options
    ]


def _without_any(params: SearchParams, ways: Sequence[_Option]) -> list[_Option]:
    """Return the question without all its filters, where it has several."""
    single = [proposal for proposal, _params in ways if proposal.reason == "without_filter"]
    if len(single) < 2:
        return []
    parameters: dict[str, tuple[str, ...]] = {}
    for proposal in single:
        parameters |= proposal.parameters
    plain = SearchParams(language=params.language, q=params.q, sort=params.sort)
    return [(Proposal(reason="without_filters", parameters=parameters, text=""), plain)]


def _with_values(label: str, name: str, values: Sequence[str], language: str) -> str:
    return f"{label}: {', '.join(labels_of(name, values, language).values())}"


def _given(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _corrected(
    params: SearchParams, *, build: Build, hits: Sequence[Hit], now: datetime
) -> Proposal | None:
    """Return the question with its misspelt words corrected, if that finds something.

    The words come from documents this reader may see. A word that any such document holds is no
    error, however near another is.
    """
    shown = [text for hit in hits for text in (hit.title, hit.summary, _plain(hit))]
    unknown = spelling.unknown_words(params.q, shown)
    if not unknown or not set(vocabulary.mistyped(params.q)).intersection(unknown):
        return None
    correction = spelling.correct(params.q, shown)
    if correction is None or len(correction.replaced) < len(unknown):
        titles = alike.texts(build(params), unknown, now=now)
        correction = spelling.correct(params.q, [*shown, *titles])
    if correction is None:
        return None
    better = build(replace(params, q=correction.q))
    everywhere = SearchParams(language=params.language)
    words = [build(replace(everywhere, q=word)) for word in correction.replaced]
    total, *known = counting.totals([better, *words], every=True)
    if not total or any(known):
        return None
    return Proposal(
        reason="spelling", parameters={"q": (correction.q,)}, text=correction.q, total=total
    )


def _plain(hit: Hit) -> str:
    return unescape(_TAGS.sub("", hit.highlight.body))
