"""Turn the keys an engine found into what the reader sees, by the table as it is now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.utils.safestring import mark_safe

from search import raw, registry
from search.distance import nearest
from search.expressions import query_words
from search.highlight import fragment, marked
from search.registry import Place
from search.results import Criteria, Found, Highlight, Hit, Value

_COLUMNS = (
    "kind", "item", "language", "title", "names", "summary", "url", "regions", "region_paths",
    "facets", "answers_for", "published_at", "attested_until", "points", "version",
)  # fmt: skip

_AS_JSON = frozenset(("names", "regions", "region_paths", "facets", "answers_for", "points"))
_AS_TIME = frozenset(("published_at", "attested_until"))

Row = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]  # by facet and id


def visible_rows(
    found: Sequence[Found], *, language: str, now: datetime, columns: Sequence[str] = _COLUMNS
) -> dict[str, Row]:
    """Return the rows of the hits that are public at `now` and still answer the reader, by key.

    The index may be behind: what was retracted or has expired does not come back from here.
    `columns` are those of the rows; the body comes with hits that bring no highlights.
    """
    if not found:
        return {}
    keys = {hit.key for hit in found}
    kinds, items, languages = (
        list(set(part)) for part in zip(*(k.split("/") for k in keys), strict=True)
    )
    if found[0].highlights is None and columns is _COLUMNS:
        columns = (*columns, "body")
    moment = raw.adapted(now)
    read = raw.rows(
        f"SELECT {', '.join(columns)} FROM search_searchdocument"  # noqa: S608 - constant
        f" WHERE kind IN ({raw.marks(kinds)}) AND item IN ({raw.marks(items)})"
        f" AND language IN ({raw.marks(languages)}) AND is_deleted = %s AND visible_from <= %s"
        " AND (visible_until IS NULL OR visible_until > %s)",
        [*kinds, *items, *languages, False, moment, moment],
    )
    rows: dict[str, Row] = {}
    for values in read:
        row = dict(zip(columns, values, strict=True))
        key = f"{row['kind']}/{row['item']}/{row['language']}"
        if key in keys:
            for name in columns:
                if name in _AS_JSON:
                    row[name] = raw.json(row[name])
                elif name in _AS_TIME:
                    row[name] = raw.time(row[name])
            if language in row["answers_for"]:
                rows[key] = row
    return rows


def hits(
    found: Sequence[Found], rows: Mapping[str, Row], *, criteria: Criteria, labels: Labels
) -> tuple[Hit, ...]:
    """Return the hits in the engine's order, named in the reader's language."""
    shown = [(hit, rows[hit.key]) for hit in found if hit.key in rows]
    region_keys = {key for _, row in shown for key in row["regions"]}
    places = registry.places().by_keys(region_keys, criteria.language) if region_keys else {}
    kinds = {kind.name: kind.label_of_one() for kind in registry.kinds()}
    values = {
        name: {key: Value(key, label) for key, label in labels[name].items()}
        for name in criteria.facet_names
    }
    words = query_words(criteria.q)
    return tuple(
        Hit(
            id=row["item"],
            kind=row["kind"],
            kind_label=kinds.get(str(row["kind"]), ""),
            language=row["language"],
            title=row["title"],
            summary=row["summary"],
            url=row["url"],
            highlight=_highlight(hit, row, words),
            regions=tuple(places[key] for key in row["regions"] if key in places),
            published_at=row["published_at"],
            facets={
                name: tuple(values[name][key] for key in keys if key in values[name])
                for name, keys in row["facets"].items()
                if name in values
            },
            distance_km=nearest(criteria.near.point, row["points"]) if criteria.near else None,
            is_old=_is_old(row["attested_until"], criteria.now),
            **_relation(row, places, criteria),
        )
        for hit, row in shown
    )


def _is_old(attested_until: datetime | None, now: datetime) -> bool:
    return attested_until is not None and attested_until <= now


def labels_of(name: str, values: Iterable[str], language: str) -> dict[str, str]:
    """Return the labels of values of a facet or of kinds; unknown values are missing."""
    if name == "kind":
        known = {kind.name: str(kind.label) for kind in registry.kinds()}
        return {value: known[value] for value in values if value in known}
    for facet in registry.facets():
        if facet.name == name:
            return facet.labels(values, language) if values else {}
    return {}


def _relation(row: Row, places: Mapping[str, Place], criteria: Criteria) -> dict[str, Any]:
    if criteria.region is None:
        return {"region_relation": None, "applies_to": ()}
    if not set(row["region_paths"]).isdisjoint(criteria.region.keys):
        return {"region_relation": "inside", "applies_to": ()}
    above = set(criteria.region.above)
    return {
        "region_relation": "above",
        "applies_to": tuple(
            places[key] for key in row["regions"] if key in above and key in places
        ),
    }


def _highlight(hit: Found, row: Row, words: Sequence[str]) -> Highlight:
    """Return the engine's marks, or ours where it has none or saw an older text."""
    if hit.highlights is not None and hit.version == row["version"]:
        title = hit.highlights.get("title") or escape(row["title"])
        body = hit.highlights.get("body") or hit.highlights.get("summary")
        return Highlight(
            title=mark_safe(title),  # noqa: S308 - encoded by the index (encoder: html)
            body=mark_safe(body or escape(row["summary"])),  # noqa: S308 - the same
        )
    found = fragment(row.get("body", ""), words) or fragment(row["summary"], words)
    return Highlight(
        title=marked(row["title"], words),
        body=found or mark_safe(escape(row["summary"])),  # noqa: S308 - encoded here
    )
