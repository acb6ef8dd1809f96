"""Turn rows of the table into what Elasticsearch is sent."""

from datetime import datetime
from typing import Any

import orjson

from search.meaning.encoders import numbers
from search.models import SearchDocument
from search.word_parts import jointed


def source(row: SearchDocument) -> dict[str, Any]:
    """Return a row as it lies in the index (search.mappings); a tombstone is a document, too."""
    document = {
        "kind": row.kind,
        "item": row.item,
        "language": row.language,
        "answers_for": row.answers_for,
        "title": jointed(row.title, row.language),
        "names": row.names,
        "summary": jointed(row.summary, row.language),
        "body": jointed(row.body, row.language),
        "labels": [jointed(label, row.language) for label in row.labels],
        "regions": row.regions,
        "region_paths": row.region_paths,
        "facets": [f"{name}={value}" for name, values in row.facets.items() for value in values],
        "points": [[longitude, latitude] for latitude, longitude in row.points],
        "published_at": _time(row.published_at),
        "visible_from": _time(row.visible_from),
        "visible_until": _time(row.visible_until),
        "is_deleted": row.is_deleted,
        "version": row.version,
        "content_hash": row.content_hash,
    }
    if row.vector is not None:
        document["meaning"] = numbers(row.vector)
    return document


def lines(row: SearchDocument, aliases: list[str]) -> list[bytes]:
    """Return the bulk lines that write a row to each alias, never over a newer version.

    Raises TypeError for text that no JSON can hold.
    """
    document = orjson.dumps(source(row))
    result = []
    for alias in aliases:
        action = {
            "_index": alias,
            "_id": row.key,
            "version": row.version,
            "version_type": "external_gte",
            # An alias that is missing is a fault to mend, not an index to invent.
            "require_alias": True,
        }
        result += [orjson.dumps({"index": action}), document]
    return result


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
