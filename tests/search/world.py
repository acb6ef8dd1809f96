"""A small world for the tests of search: items, places and vocabularies that nobody else knows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from search.documents import Document, refresh
from search.registry import Facet, Kind, Place, Resolution

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)

NIEDERSACHSEN = Place("03", "Niedersachsen", "Niedersachsen", "", (), "state")
LANDKREIS = Place(
    "03158",
    "Wolfenbüttel",
    "Landkreis Wolfenbüttel",
    "Niedersachsen",
    ("03",),
    "district",
    (52.13, 10.62),
)
STADT = Place(
    "031580037037",
    "Wolfenbüttel",
    "Stadt Wolfenbüttel",
    "Landkreis Wolfenbüttel",
    ("03158", "03"),
    "municipality",
    (52.16, 10.53),
)
CREMLINGEN = Place(
    "031580006006",
    "Cremlingen",
    "Gemeinde Cremlingen",
    "Landkreis Wolfenbüttel",
    ("03158", "03"),
    "municipality",
    (52.25, 10.65),
)
BRAUNSCHWEIG = Place(
    "03101",
    "Braunschweig",
    "Stadt Braunschweig",
    "Niedersachsen",
    ("03",),
    "district",
    (52.27, 10.52),
)
ALL = {place.key: place for place in (NIEDERSACHSEN, LANDKREIS, STADT, CREMLINGEN, BRAUNSCHWEIG)}
# 03101 is the key of Braunschweig, too.
POSTAL_CODES = {"38300": (STADT,), "38162": (CREMLINGEN, BRAUNSCHWEIG), "03101": (CREMLINGEN,)}
TOPICS = {
    "language": {"de": "Sprache", "en": "Language", "ar": "اللغة"},
    "work": {"de": "Arbeit", "en": "Work", "ar": "العمل"},
}


class FakePlaces:
    """Five places, two postal codes, one name that means two places."""

    def resolve(self, text: str) -> Resolution:
        if text in ALL:
            return Resolution((ALL[text],), is_postal_code=False)
        if text in POSTAL_CODES:
            return Resolution(POSTAL_CODES[text], is_postal_code=True)
        wanted = text.casefold()
        found = [p for p in ALL.values() if wanted in (p.name.casefold(), p.full_name.casefold())]
        return Resolution(tuple(found), is_postal_code=False)

    def by_postal_code(self, code: str) -> tuple[Place, ...]:
        return POSTAL_CODES.get(code, ())

    def by_keys(self, keys: Iterable[str], language: str) -> dict[str, Place]:
        return {key: ALL[key] for key in keys if key in ALL}

    def named(self, texts: Iterable[str], language: str) -> dict[str, tuple[Place, ...]]:
        found = {text: self.resolve(text).places for text in texts}
        return {text: places for text, places in found.items() if places}

    def beginning(self, text: str, limit: int) -> tuple[str, ...]:
        wanted = text.casefold()
        found = [key for key, place in ALL.items() if place.name.casefold().startswith(wanted)]
        return tuple(found[:limit])

    alike = beginning


class World:
    """What is public, by kind and item; `put` and `remove` change it and refresh search."""

    def __init__(self) -> None:
        self.public: dict[str, dict[str, list[Document]]] = {"release": {}, "offer": {}}

    def kinds(self) -> list[Kind]:
        return [
            Kind(
                "release",
                "News",
                "inside",
                self.builder("release"),
                self.lister("release"),
                is_news=True,
                singular="News item",
            ),
            Kind(
                "offer",
                "Offers",
                "serving",
                self.builder("offer"),
                self.lister("offer"),
                singular="Offer",
            ),
        ]

    def builder(self, kind: str):
        def documents(item: str) -> Sequence[Document]:
            return self.public[kind].get(item, [])

        return documents

    def lister(self, kind: str):
        return lambda: list(self.public[kind])

    def facet(self) -> Facet:
        def labels(ids: Iterable[str], language: str) -> dict[str, str]:
            return {id_: TOPICS[id_].get(language, id_) for id_ in ids if id_ in TOPICS}

        def values(language: str) -> dict[str, str]:
            return labels(TOPICS, language)

        return Facet("topic", "Topic", labels, values=values)

    def put(self, *documents: Document, now: datetime = NOW) -> None:
        first = documents[0]
        self.public[first.kind][first.item] = list(documents)
        self.refresh(first.kind, first.item, now=now)

    def remove(self, document: Document, now: datetime = NOW) -> None:
        del self.public[document.kind][document.item]
        self.refresh(document.kind, document.item, now=now)

    def refresh(self, kind: str, item: str, now: datetime = NOW) -> None:
        with transaction.atomic():
            refresh(kind=kind, item=item, now=now)


def document(
    item: str = "1",
    title: str = "Sprachkurse beginnen",
    *,
    places: Sequence[Place] = (LANDKREIS,),
    **changes,
) -> Document:
    """Return a visible German release; every field can be changed."""
    paths = {key for place in places for key in (place.key, *place.ancestors)}
    built = Document(
        kind="release",
        item=item,
        language="de",
        title=title,
        summary="Kurz gesagt.",
        body="Der Text der Meldung.",
        url=f"/de/neues/{item}/",
        regions=tuple(place.key for place in places),
        region_paths=tuple(sorted(paths)),
        facets={},
        labels=(),
        points=(),
        published_at=YESTERDAY,
        visible_from=YESTERDAY,
        visible_until=None,
    )
    return replace(built, **changes)
