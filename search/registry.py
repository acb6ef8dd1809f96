"""What other rooms tell search: kinds of items, places, facets.

Search knows no page model. A room registers in its `AppConfig.ready()`; names are unique.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

from search.distance import Point
from search.remembered import SECONDS, remembered

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from search.documents import Document

Scope = Literal["inside", "serving"]
REMEMBERED = 5_000  # beginnings of names


class NotRegistered(LookupError):
    """Nothing of this name was registered."""


@dataclass(frozen=True, slots=True)
class Place:
    """One official region in one language.

    `key` is digits as text: 2 for a state, 5 for a district, 12 for a municipality.
    `ancestors` holds keys from nearest to farthest, without the place itself. `point` is its
    middle.
    """

    key: str
    name: str
    full_name: str
    parent_name: str
    ancestors: tuple[str, ...]
    level: str
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a reader's text for a place may mean; no places: unknown."""

    places: tuple[Place, ...]
    is_postal_code: bool


class Places(Protocol):
    """The gazetteer, as far as search needs it."""

    def resolve(self, text: str) -> Resolution:
        """Return the places meant by an official key, a postal code or a name."""
        ...

    def by_postal_code(self, code: str) -> tuple[Place, ...]:
        """Return the places a postal code delivers to, also where it is a key as well."""
        ...

    def by_keys(self, keys: Iterable[str], language: str) -> dict[str, Place]:
        """Return the known ones among `keys`, named in `language`."""
        ...

    def named(self, texts: Iterable[str], language: str) -> dict[str, tuple[Place, ...]]:
        """Return what those of `texts` stand for that are a whole name or a postal code."""
        ...

    def beginning(self, text: str, limit: int) -> tuple[str, ...]:
        """Return the keys of the places that a text is the beginning of, the likeliest first."""
        ...

    def alike(self, text: str, limit: int) -> tuple[str, ...]:
        """Return the same of places that somebody may have meant, typing errors forgiven."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item that can be found.

    `label` is plural ("Offers"), `singular` what one of them is called. `default_scope` says what a
    region filter means when the reader does not: "inside" finds what is tagged in the region,
    "serving" also what is tagged exactly with a region above it. `documents(item)` returns the
    documents of all public language versions of the item, empty when nothing of it is public;
    `items()` yields all item ids. `is_news` lets freshness count for relevance, and results show
    the date.
    """

    name: str
    label: "_StrOrPromise"
    default_scope: Scope
    documents: "Callable[[str], Sequence[Document]]"
    items: Callable[[], Iterable[str]]
    is_news: bool = False
    singular: "_StrOrPromise" = ""

    def label_of_one(self) -> str:
        """Return what one item is called; without a word for it, what all are."""
        return str(self.singular or self.label)


@dataclass(frozen=True, slots=True)
class Facet:
    """A closed vocabulary that results can be narrowed by.

    `name` is also the name of the request parameter; `labels(ids, language)` returns the labels
    of the known ones among `ids`. `is_fixed`: they are public for ever and hardly ever change, so
    they may be remembered. `values(language)` returns all labels by id, to be suggested while
    somebody types; a vocabulary without it is not suggested.
    """

    name: str
    label: "_StrOrPromise"
    labels: Callable[[Iterable[str], str], dict[str, str]]
    is_fixed: bool = False
    values: Callable[[str], dict[str, str]] | None = None


class _Remembering:
    """A gazetteer whose names are remembered: every result names places, and they stay."""

    def __init__(self, places: Places) -> None:
        # Texts that are no place are not remembered: anybody can make up more of them.
        self._resolved = remembered(
            lambda texts, _language: {
                text: found for text in texts if (found := places.resolve(text)).places
            }
        )
        self.by_postal_code = places.by_postal_code
        self.by_keys = remembered(places.by_keys)
        self._named = lru_cache(maxsize=REMEMBERED)(
            lambda texts, language, _minute: places.named(texts, language)
        )
        self.alike = places.alike
        self._beginning = lru_cache(maxsize=REMEMBERED)(
            lambda text, limit, _minute: places.beginning(text, limit)
        )

    def beginning(self, text: str, limit: int) -> tuple[str, ...]:
        """Return what is remembered for a minute: many readers type the same letters."""
        return self._beginning(text.casefold(), limit, int(time.monotonic() // SECONDS))

    def named(self, texts: Iterable[str], language: str) -> dict[str, tuple[Place, ...]]:
        """Return what is remembered for a minute: many readers ask the same."""
        return self._named(frozenset(texts), language, int(time.monotonic() // SECONDS))

    def resolve(self, text: str) -> Resolution:
        nowhere = Resolution(places=(), is_postal_code=False)
        return self._resolved([text], "").get(text, nowhere)


class _NoPlaces:
    """Stands in while no gazetteer is registered: no place is known."""

    def resolve(self, text: str) -> Resolution:
        return Resolution(places=(), is_postal_code=False)

    def by_postal_code(self, code: str) -> tuple[Place, ...]:
        return ()

    def by_keys(self, keys: Iterable[str], language: str) -> dict[str, Place]:
        return {}

    def named(self, texts: Iterable[str], language: str) -> dict[str, tuple[Place, ...]]:
        return {}

    def beginning(self, text: str, limit: int) -> tuple[str, ...]:
        return ()

    def alike(self, text: str, limit: int) -> tuple[str, ...]:
        return ()


class MissListener(Protocol):
    """Wants to know of questions that found nothing; what was typed is not told."""

    def __call__(
        self,
        *,
        region_keys: Iterable[str],
        facets: Mapping[str, tuple[str, ...]],
        language: str,
        now: datetime,
    ) -> None:
        """Take note of one question. It must be quick; its errors are logged and forgotten."""


_kinds: dict[str, Kind] = {}
_facets: dict[str, Facet] = {}
_places: list[Places] = [_NoPlaces()]
_miss_listeners: list[MissListener] = []


def register_kind(kind: Kind) -> None:
    """Make a kind of item findable; replaces a former one of the same name."""
    _kinds[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order of their registration."""
    return tuple(_kinds.values())


def kind(name: str) -> Kind:
    """Return the kind of this name. Raises NotRegistered."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotRegistered(f"No kind {name!r} is registered.") from None


def register_facet(facet: Facet) -> None:
    """Offer a closed vocabulary as filter; replaces a former one of the same name."""
    if not facet.name.isidentifier():
        raise ValueError(f"A facet's name must be an identifier, not {facet.name!r}.")
    if facet.is_fixed:
        facet = replace(facet, labels=remembered(facet.labels))
    _facets[facet.name] = facet


def facets() -> tuple[Facet, ...]:
    """Return all facets in the order of their registration."""
    return tuple(_facets.values())


def register_places(places: Places) -> None:
    """Name the gazetteer; the last one registered counts."""
    _places[:] = [_Remembering(places)]


def places() -> Places:
    """Return the gazetteer, or one that knows no place when none is registered."""
    return _places[0]


def register_miss_listener(listener: MissListener) -> None:
    """Tell `listener` of every question that found nothing."""
    if listener not in _miss_listeners:
        _miss_listeners.append(listener)


def miss_listeners() -> tuple[MissListener, ...]:
    """Return who wants to know of questions that found nothing."""
    return tuple(_miss_listeners)
