"""The search answer as the API promises it: schemas for its description, fast JSON for its body."""

from datetime import datetime
from typing import Any, Literal

import orjson
from django.http import HttpResponse
from ninja import Schema

from search.params import MAX_PAGE_SIZE, MAX_Q, MAX_RADIUS, MAX_SUGGESTIONS
from search.proposals import Reason


class PlaceOut(Schema):
    """An official region."""

    key: str
    name: str
    full_name: str
    parent_name: str
    level: str


class ValueOut(Schema):
    """A value of a closed vocabulary."""

    key: str
    label: str


class HighlightOut(Schema):
    """HTML-encoded text with the found words in <mark>."""

    title: str
    body: str


class ItemOut(Schema):
    """One item found, in the language that answers the reader best.

    `distance_km`: to the nearest of its places, where the question names a place. `is_old`: nobody
    has confirmed it for a long time.
    """

    id: str
    kind: str
    language: str
    title: str
    summary: str
    url: str
    highlight: HighlightOut
    regions: list[PlaceOut]
    region_relation: Literal["inside", "above"] | None
    published_at: datetime
    distance_km: float | None
    is_old: bool
    facets: dict[str, list[ValueOut]]


class LinksOut(Schema):
    """Neighbouring pages, relative to this host. `next` has no end at 10,000 results."""

    next: str | None
    prev: str | None


class ProposalOut(Schema):
    """Another question that is worth asking; nothing of it was applied.

    `reason`: `spelling` (corrected words), `place` (a region that the words name, with the words
    that are left), `wider_region`, `without_filter`, `without_filters`. `parameters` are those of
    the request that change, an empty list leaves one out; `q` and `link` are the whole question.
    `total` is its number of results, null where it was not counted.
    """

    reason: Reason
    text: str
    q: str
    parameters: dict[str, list[str]]
    place: PlaceOut | None
    total: int | None
    link: str


class SuggestionOut(Schema):
    """One thing to choose, in plain text; `detail` says what it is.

    An `item` has `id`, `kind` and `url`; `place` and `value` (of a closed vocabulary) have the
    `parameters` of the search that they stand for.
    """

    type: Literal["item", "place", "value"]
    text: str
    detail: str
    language: str
    id: str | None
    kind: str | None
    url: str | None
    parameters: dict[str, str]


class SuggestAnswer(Schema):
    """What begins as the reader types. `degraded`: the database answered for the search server."""

    query: str
    language: str
    degraded: bool
    backend: Literal["elasticsearch", "database"]
    took_ms: int
    items: list[SuggestionOut]


class SearchAnswer(Schema):
    """One page of results.

    `facets.region` holds places with `count`; every other facet holds key, label and count.
    `degraded`: the search server is away and the database answered. `choices`: the name given as
    region means several places; ask again with the key of one. `did_you_mean`: the question with
    its misspelt words corrected, when few results or none have all words. `place_offers`: regions
    that the words of `q` name, to be taken as a filter. `advice`: ways out of an empty result.
    """

    query: str
    language: str
    total: int
    page: int
    page_size: int
    degraded: bool
    backend: Literal["elasticsearch", "database"]
    took_ms: int
    items: list[ItemOut]
    facets: dict[str, list[dict[str, Any]]]
    places: list[PlaceOut]
    hint: str | None
    choices: list[PlaceOut]
    did_you_mean: ProposalOut | None
    place_offers: list[ProposalOut]
    advice: list[ProposalOut]
    links: LinksOut


def _parameter(name: str, description: str, *, many: bool = False, **schema: Any) -> dict[str, Any]:
    value = {"type": "string", **schema}
    return {
        "in": "query",
        "name": name,
        "description": description,
        "required": False,
        "schema": {"type": "array", "items": value} if many else value,
    }


# Registered facets come on top: topic, member and so on, each repeatable.
PARAMETERS = [
    _parameter("q", "Words to find; without any everything is listed.", maxLength=MAX_Q),
    _parameter("lang", "Language of the reader.", default="de"),
    _parameter("kind", "Kind of item; several mean any of them.", many=True),
    _parameter("region", "Official key (2, 5, 8 or 12 digits), postal code or name of a place."),
    _parameter("postal_code", "Postal code.", pattern="^[0-9]{5}$"),
    _parameter(
        "scope",
        "`inside`: tagged in the region. `serving`: also what is there for a region above it.",
        enum=["inside", "serving"],
    ),
    _parameter("near", "Where the reader is: a postal code or `latitude,longitude`."),
    _parameter(
        "radius_km",
        "Only what is so near to `near`, else to the middle of the region or postal code, whose "
        "border then does not count.",
        type="integer",
        minimum=1,
        maximum=MAX_RADIUS,
    ),
    _parameter("since", "Published on this day or later.", format="date"),
    _parameter("until", "Published on this day or earlier.", format="date"),
    _parameter("page", "Number of the page.", type="integer", minimum=1, default=1),
    _parameter(
        "page_size",
        "Items on a page.",
        type="integer",
        minimum=1,
        maximum=MAX_PAGE_SIZE,
        default=20,
    ),
    _parameter(
        "sort",
        "Order of the items; `distance` needs a place.",
        enum=["relevance", "date", "distance"],
        default="relevance",
    ),
    _parameter("cursor", "Where to go on: taken from `links.next`, with the same question."),
]


SUGGEST_PARAMETERS = [
    _parameter(
        "q", "What was typed so far; below two letters nothing is suggested.", maxLength=MAX_Q
    ),
    _parameter("lang", "Language of the reader.", default="de"),
    _parameter(
        "limit",
        "Suggestions at most.",
        type="integer",
        minimum=1,
        maximum=MAX_SUGGESTIONS,
        default=8,
    ),
]


def json_response(content: dict[str, Any]) -> HttpResponse:
    """Return content as JSON, times as ISO 8601 in UTC, without passing through schemas again."""
    body = orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, content_type="application/json")
