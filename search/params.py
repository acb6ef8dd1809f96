"""What a reader may ask, and how the text of a request becomes it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search import cursor as cursors
from search import registry
from search.cursor import BadCursor, Cursor
from search.distance import Point
from search.problems import Problem
from search.registry import Scope

Sort = Literal["relevance", "date", "distance"]

MAX_Q = 256  # characters
MAX_VALUE = 120  # characters of any other value
MAX_VALUES = 50  # of one repeatable parameter
MAX_PAGE_SIZE = 50
MAX_SUGGESTIONS = 20
MAX_HITS = 10_000  # Elasticsearch refuses numbered pages beyond; cursors go on
MAX_RADIUS = 500  # kilometres
_POSTAL_CODE = re.compile(r"[0-9]{5}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Cc: control, Cs: half of a surrogate pair, Cn: no character at all.
_FORBIDDEN = frozenset({"Cc", "Cs", "Cn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParams:
    """A valid question. `region` is the reader's own text; `since` and `until` are inclusive.

    `near` is where the reader is; without it the middle of the region is. `cursor` is where a walk
    goes on, instead of at a numbered page.
    """

    language: str
    q: str = ""
    kinds: tuple[str, ...] = ()
    region: str = ""
    postal_code: str = ""
    scope: Scope | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    near: Point | None = None
    radius_km: int | None = None
    page: int = 1
    page_size: int = 20
    sort: Sort = "relevance"
    cursor: Cursor | None = None

    def question(self) -> str:
        """Return what a cursor belongs to: everything but where the reader is in the results."""
        return repr(replace(self, page=1, page_size=1, cursor=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestParams:
    """What a reader has typed so far, and how many suggestions are wanted."""

    language: str
    q: str = ""
    limit: int = 8


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that readers have."""
    return tuple(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)


def parse(values: Mapping[str, Sequence[str]], *, language: str) -> SearchParams:
    """Return the question asked by a query string.

    `language` counts when the request names none. Raises Problem (400) with the parameter at
    fault, also for parameters that do not exist: a misspelt filter must not find everything.
    """
    facets = tuple(facet.name for facet in registry.facets())
    known = {"q", "lang", "kind", "region", "postal_code", "scope", "since", "until"}
    known |= {"near", "radius_km", "page", "page_size", "sort", "cursor", *facets}
    _refuse_unknown(values, known)
    lang = _choice(values, "lang", languages()) or language
    if lang not in languages():
        raise bad("lang", _("This language is not offered."))
    page = _number(values, "page", default=1, maximum=MAX_HITS)
    page_size = _number(values, "page_size", default=20, maximum=MAX_PAGE_SIZE)
    if page * page_size > MAX_HITS:
        raise bad("page", _("Pages end at result %(number)d.") % {"number": MAX_HITS})
    since, until = _date(values, "since"), _date(values, "until")
    if since and until and since > until:
        raise bad("until", _("The end lies before the beginning."))
    region, postal_code = _one(values, "region"), _one(values, "postal_code")
    if region and postal_code:
        raise bad("postal_code", _("Give either a region or a postal code."))
    if postal_code and not _POSTAL_CODE.fullmatch(postal_code):
        raise bad("postal_code", _("A postal code has five digits."))
    near = _near(values)
    radius_km = _number(values, "radius_km", default=0, maximum=MAX_RADIUS) or None
    sort = cast(Sort, _choice(values, "sort", ("relevance", "date", "distance")) or "relevance")
    if not (near or region or postal_code):
        for name, is_asked in (("radius_km", radius_km), ("sort", sort == "distance")):
            if is_asked:
                raise bad(name, _("Needs a place: near, region or postal_code."))
    kinds = tuple(kind.name for kind in registry.kinds())
    params = SearchParams(
        language=lang,
        q=_one(values, "q", maximum=MAX_Q),
        kinds=tuple(_known(value, "kind", kinds) for value in _many(values, "kind")),
        region=region,
        postal_code=postal_code,
        scope=cast(Scope | None, _choice(values, "scope", ("inside", "serving")) or None),
        facets={name: chosen for name in facets if (chosen := _vocabulary(values, name, lang))},
        since=since,
        until=until,
        near=near,
        radius_km=radius_km,
        page=page,
        page_size=page_size,
        sort=sort,
    )
    return replace(params, cursor=_cursor(values, params))


def parse_typed(values: Mapping[str, Sequence[str]], *, language: str) -> SuggestParams:
    """Return what a query string asks suggestions for; the rules are those of `parse`."""
    _refuse_unknown(values, {"q", "lang", "limit"})
    return SuggestParams(
        language=_choice(values, "lang", languages()) or language,
        q=_one(values, "q", maximum=MAX_Q),
        limit=_number(values, "limit", default=8, maximum=MAX_SUGGESTIONS),
    )


def _refuse_unknown(values: Mapping[str, Sequence[str]], known: Collection[str]) -> None:
    for name in values:
        if name not in known:
            raise bad(name if name.isidentifier() else "", _("This parameter does not exist."))


def bad(name: str, detail: str) -> Problem:
    """Return the problem of a bad parameter."""
    return Problem(status=400, title=_("Bad parameter"), detail=detail, field=name)


def _checked(value: str, name: str, maximum: int) -> str:
    if len(value) > maximum:
        raise bad(name, _("Longer than %(number)d characters.") % {"number": maximum})
    if any(unicodedata.category(sign) in _FORBIDDEN for sign in value):
        raise bad(name, _("Contains signs that are no text."))
    return value.strip()


def _many(values: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    given = [_checked(value, name, MAX_VALUE) for value in _listed(values, name)]
    if len(given) > MAX_VALUES:
        raise bad(name, _("Given too often."))
    return tuple(dict.fromkeys(value for value in given if value))


def _one(values: Mapping[str, Sequence[str]], name: str, maximum: int = MAX_VALUE) -> str:
    given = _listed(values, name)
    if len(given) > 1:
        raise bad(name, _("May be given only once."))
    return _checked(given[0], name, maximum) if given else ""


def _listed(values: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    # A QueryDict's items are its last values; its lists come by getlist.
    getlist = getattr(values, "getlist", None)
    return getlist(name) if getlist else values.get(name, ())


def _choice(values: Mapping[str, Sequence[str]], name: str, allowed: Sequence[str]) -> str:
    value = _one(values, name)
    return _known(value, name, allowed) if value else ""


def _known(value: str, name: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise bad(name, _("Allowed: %(values)s.") % {"values": ", ".join(allowed)})
    return value


def _vocabulary(values: Mapping[str, Sequence[str]], name: str, language: str) -> tuple[str, ...]:
    chosen = _many(values, name)
    if chosen:
        facet = next(facet for facet in registry.facets() if facet.name == name)
        try:
            known = facet.labels(chosen, language)
        except (ValueError, ValidationError):
            known = {}  # not even the form of an id
        if any(value not in known for value in chosen):
            raise bad(name, _("This value does not exist."))
    return chosen


def _number(values: Mapping[str, Sequence[str]], name: str, *, default: int, maximum: int) -> int:
    text = _one(values, name)
    if not text:
        return default
    number = int(text) if _NUMBER.fullmatch(text) else 0
    if not 1 <= number <= maximum:
        raise bad(name, _("Must be a number from 1 to %(number)d.") % {"number": maximum})
    return number


def _near(values: Mapping[str, Sequence[str]]) -> Point | None:
    """Return the point of a postal code or of "latitude,longitude"."""
    text = _one(values, "near")
    if not text:
        return None
    if _POSTAL_CODE.fullmatch(text):
        for place in registry.places().by_postal_code(text):
            if place.point:
                return place.point
        raise bad("near", _("This postal code is not known."))
    if found := _POINT.fullmatch(text):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    raise bad("near", _("Must be a postal code, or latitude and longitude such as 52.16,10.53."))


def _cursor(values: Mapping[str, Sequence[str]], params: SearchParams) -> Cursor | None:
    text = _one(values, "cursor", maximum=cursors.MAX_LENGTH)
    if not text:
        return None
    if params.page > 1:
        raise bad("cursor", _("Give either a page or a cursor."))
    try:
        return cursors.load(text, question=params.question())
    except BadCursor:
        raise bad(
            "cursor", _("Not valid for this question, or older than a day. Start again without it.")
        ) from None


def _date(values: Mapping[str, Sequence[str]], name: str) -> date | None:
    text = _one(values, name)
    if not text:
        return None
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise bad(name, _("Must be a date such as 2026-11-30.")) from None
