"""What the search page's template shows: links that add or remove a filter, labels, sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from search import registry
from search.chosen import Chosen, chosen, labels, without_all
from search.params import MAX_HITS, SearchParams
from search.problems import Problem
from search.proposals import NO_ADVICE, Advice, Proposal
from search.registry import Place
from search.results import FacetValue, Hit, SearchResult

_SHOWN = 12  # values of one facet in sight; the others are folded
_RADII = (5, 10, 25, 50)  # kilometres
# German names of districts that take "im ganzen"; others are named after a colon.
_MASCULINE = ("Landkreis ", "Kreis ")


@dataclass(frozen=True, slots=True)
class FilterLink:
    """One value of a facet: following it adds the filter, or removes it when it is set."""

    label: str
    count: int
    url: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet with its links: those in sight, what is chosen first, and those that are folded.

    `is_open` when something in it is chosen.
    """

    name: str
    label: str
    links: tuple[FilterLink, ...]
    folded: tuple[FilterLink, ...]
    is_open: bool

    @property
    def total(self) -> int:
        """The number of all values."""
        return len(self.links) + len(self.folded)


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One filter of the question and the address of the question without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to show the same results."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ProposalLink:
    """Another question worth asking: what the link says, its address, what it would find."""

    text: str
    url: str
    total: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One hit and what the page says about it in its own words.

    `date` is that of news alone: of everything else it is the day it came into the house.
    """

    hit: Hit
    date: datetime | None
    language_name: str
    applies_to: str
    distance: str


def page_parameters(query: QueryDict) -> QueryDict:
    """Return the parameters that are the page's; links from elsewhere may carry more."""
    names = {"q", "kind", "region", "postal_code", "scope", "since", "until", "page", "sort"}
    names |= {"near", "radius_km"} | {facet.name for facet in registry.facets()}
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in names:
            kept.setlist(name, values)
    if not any(kept.get(name, "").strip() for name in ("near", "region", "postal_code")):
        # The form was sent again without its place: from nowhere nothing is near.
        kept.pop("radius_km", None)
        if kept.get("sort") == "distance":
            kept.pop("sort")
    return kept


class SearchPage:
    """The page of a question that was answered, or of one that was refused."""

    def __init__(
        self,
        *,
        query: QueryDict,
        params: SearchParams | None = None,
        result: SearchResult | None = None,
        problem: Problem | None = None,
    ) -> None:
        self._query = query
        self.params = params
        self.result = result
        self.problem = problem
        self.status = problem.status if problem else 200

    @property
    def q(self) -> str:
        """The words as typed, without what no page can show."""
        return _printable(self._query.get("q", ""))

    @property
    def region(self) -> str:
        """The place in the form: as typed, or the name of a key where the name finds it again."""
        typed = self._query.get("region", "") or self._query.get("postal_code", "")
        places = self.result.places if self.result else ()
        for place in places:
            if place.key == typed.strip():
                again = registry.places().resolve(place.full_name).places
                if [found.key for found in again] == [place.key]:
                    return place.full_name
        return _printable(typed)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Filters that stay when the form is sent again."""
        if self.problem:
            return []
        names = ("kind", "scope", "sort", "near", "radius_km", "since", "until", *_facet_names())
        return [(name, value) for name in names for value in self._query.getlist(name)]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The hits of this page."""
        if not (self.result and self.params):
            return ()
        names = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
        own = self.params.language
        news = {kind.name for kind in registry.kinds() if kind.is_news}
        return tuple(
            Row(
                hit=hit,
                date=hit.published_at if hit.kind in news else None,
                language_name=names.get(hit.language, hit.language) if hit.language != own else "",
                applies_to=", ".join(_applies_to(place) for place in hit.applies_to),
                distance=_distance(hit.distance_km),
            )
            for hit in self.result.hits
        )

    @cached_property
    def facets(self) -> tuple[FacetBox, ...]:
        """All facets that have something to choose."""
        if not self.result:
            return ()
        names = ("kind", "region", *_facet_names())
        called = labels()
        boxes = (self._box(name, called[name]) for name in names)
        return tuple(box for box in boxes if box.links)

    @cached_property
    def active(self) -> tuple[FilterChip, ...]:
        """All filters of the question, each to be taken away alone."""
        return tuple(
            FilterChip(each.label, each.value, self._url(**each.without)) for each in self._filters
        )

    @property
    def without_filters(self) -> str:
        """The address of the same words without any filter."""
        return self._url(**without_all(self._filters))

    @cached_property
    def _filters(self) -> tuple[Chosen, ...]:
        if not (self.params and self.result):
            return ()
        return chosen(self.params, self.result.places, near=_printable(self._query.get("near", "")))

    @cached_property
    def choices(self) -> tuple[tuple[Place, str], ...]:
        """Places of the same name with the address that searches in each."""
        places = self.result.choices if self.result else ()
        return tuple((place, self._url(region=[place.key])) for place in places)

    @property
    def spelling(self) -> ProposalLink | None:
        """The question with its misspelt words corrected."""
        found = self._advice.spelling
        return self._proposed(found) if found else None

    @property
    def place_offers(self) -> list[ProposalLink]:
        """The regions that the words name."""
        return [self._proposed(each) for each in self._advice.places]

    @property
    def ways_out(self) -> list[ProposalLink]:
        """What leads out of an empty result."""
        return [self._proposed(each) for each in self._advice.ways_out]

    @property
    def starts(self) -> tuple[Choice, ...]:
        """All there is of each kind, for whom nothing was found."""
        if not self.result or self.result.total or self.result.choices:
            return ()
        return tuple(
            Choice(str(kind.label), f"?{urlencode({'kind': kind.name})}", is_chosen=False)
            for kind in registry.kinds()
        )

    @property
    def problem_filter(self) -> str:
        """What readers call the filter at fault; empty for what stands in the form itself."""
        name = self.problem.field if self.problem else None
        return labels().get(name, "") if name and name != "region" else ""

    @property
    def problem_text(self) -> str:
        """What is wrong, for people: the names of kinds are the API's."""
        if not self.problem:
            return ""
        is_kind = self.problem.field == "kind"
        return _("This value does not exist.") if is_kind else self.problem.detail

    @property
    def without_problem(self) -> str:
        """The address of the question without the filter at fault."""
        name = self.problem.field if self.problem else None
        return self._url(**{name: ()}) if name else ""

    @property
    def _advice(self) -> Advice:
        return self.result.advice if self.result else NO_ADVICE

    def _proposed(self, proposal: Proposal) -> ProposalLink:
        url = self._url(**proposal.parameters)
        return ProposalLink(_proposed_text(proposal), url, proposal.total)

    @property
    def without_region(self) -> str:
        """The address of the same search everywhere."""
        sort = [value for value in self._query.getlist("sort") if value != "distance"]
        return self._url(region=[], postal_code=[], scope=[], near=[], radius_km=[], sort=sort)

    @cached_property
    def orders(self) -> tuple[Choice, ...]:
        """The orders to choose from where the reader is somewhere; one of them is distance."""
        if not (self.result and self.result.near and self.params):
            return ()
        first = {"relevance": _("Relevance")} if self.params.q else {}
        named = {**first, "date": _("Date"), "distance": _("Distance")}
        usual = next(iter(named))
        order = self.params.sort if self.params.sort in named else usual
        return tuple(
            Choice(label, self._url(sort=[] if name == usual else [name]), name == order)
            for name, label in named.items()
        )

    @cached_property
    def radii(self) -> tuple[Choice, ...]:
        """How far around the place is searched."""
        if not (self.result and self.result.near and self.params):
            return ()
        chosen = self.params.radius_km
        everywhere = Choice(_("any distance"), self._url(radius_km=[]), chosen is None)
        return (
            everywhere,
            *(
                Choice(
                    _kilometres(str(radius)), self._url(radius_km=[str(radius)]), radius == chosen
                )
                for radius in _RADII
            ),
        )

    @cached_property
    def page_obj(self) -> "Page[int]":
        """The numbered pages, as Django's paginator shows them."""
        total = min(self.result.total, MAX_HITS) if self.result else 0
        size = self.params.page_size if self.params else 1
        return Paginator(range(total), size).get_page(self.params.page if self.params else 1)

    @property
    def kept_query(self) -> str:
        """The query string without the page's number."""
        query = self._query.copy()
        query.pop("page", None)
        return query.urlencode()

    def _box(self, name: str, label: str) -> FacetBox:
        values = self.result.facets.get(name, ()) if self.result else ()
        # With one region left there is nothing to choose among.
        if name == "region" and len(values) == 1 and values[0].is_selected:
            values = ()
        # What is chosen stands in front: nobody should look for it to take it away.
        links = [self._link(name, value) for value in sorted(values, key=_is_left)]
        in_sight = max(_SHOWN, sum(link.is_active for link in links))
        return FacetBox(
            name,
            label,
            tuple(links[:in_sight]),
            tuple(links[in_sight:]),
            is_open=any(link.is_active for link in links),
        )

    def _link(self, name: str, value: FacetValue) -> FilterLink:
        chosen = self._query.getlist(name)
        if name == "region":
            url = self._url(region=[value.key], postal_code=[], radius_km=[])
        elif value.is_selected:
            url = self._url(**{name: [key for key in chosen if key != value.key]})
        else:
            url = self._url(**{name: [*chosen, value.key]})
        return FilterLink(value.label, value.count, url, value.is_selected)

    def _url(self, **changes: Iterable[str]) -> str:
        """Return the address of the first page with some parameters changed."""
        query = self._query.copy()
        query.pop("page", None)
        for name, values in changes.items():
            query.setlist(name, list(values))
        return f"?{query.urlencode()}"


def _facet_names() -> tuple[str, ...]:
    return tuple(facet.name for facet in registry.facets())


def _is_left(value: FacetValue) -> bool:
    return not value.is_selected


def _printable(text: str) -> str:
    return "".join(sign for sign in text[:1000] if sign.isprintable())


def _proposed_text(proposal: Proposal) -> str:
    if proposal.reason == "wider_region":
        return _("Search in %(place)s") % {"place": proposal.text}
    if proposal.reason == "without_filter":
        return _("Leave out the filter “%(filter)s”") % {"filter": proposal.text}
    if proposal.reason == "without_filters":
        return _("Leave out all filters")
    if proposal.place:
        above = proposal.place.parent_name
        return f"{proposal.place.full_name} ({above})" if above else proposal.place.full_name
    return proposal.text


def _applies_to(place: Place) -> str:
    """Return the sentence that tells for which larger region something is there."""
    if place.level == "state":
        return _("applies in all of %(place)s") % {"place": place.full_name}
    if place.full_name.startswith(_MASCULINE):
        return _("applies throughout the %(place)s") % {"place": place.full_name}
    return _("applies in the whole area: %(place)s") % {"place": place.full_name}


def _distance(kilometres: float | None) -> str:
    """Return how far it is as a sentence of the page: exact to what matters."""
    if kilometres is None:
        return ""
    if kilometres < 1:
        return _("less than 1 km away")  # from a point in the middle: more would be a promise
    number = number_format(kilometres, 1 if kilometres < 10 else 0, use_l10n=True)
    return _("%(distance)s away") % {"distance": _kilometres(number)}


def _kilometres(number: str) -> str:
    return _("%(number)s km") % {"number": number}
