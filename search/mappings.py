"""How documents lie in Elasticsearch: index names, analysis, fields.

One index family per content language, so that each text meets its own analysis. Its name
`<prefix>-<lang>` is an alias of the index that serves, `<prefix>-<lang>-v<VERSION>-<time>`; so is
`<prefix>-<lang>.v<VERSION>`, by which this code asks and ships: an index with another mapping than
the code's is not there for it, and the database answers until there is one.
"""

import re
from datetime import datetime
from typing import Any

from django.conf import settings

from search import analysis

# Raise with any change below or in search.analysis; search_rebuild then mends the indices.
VERSION = 5
REFRESH_INTERVAL = "1s"  # shipping refreshes by itself; this is for what a killed worker left
_VERSION_IN_NAME = re.compile(r"-v(\d+)-\d{14,20}$")

Settings = dict[str, Any]


def family(language: str) -> str:
    """Return the beginning of all names of a language, itself the alias of what serves."""
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{language}".lower()


def alias(language: str) -> str:
    """Return the name that queries and the shipping worker use."""
    return f"{family(language)}.v{VERSION}"


def building_alias(language: str) -> str:
    """Return the name under which an index is shipped to while it is being filled."""
    return f"{alias(language)}.building"


def index_name(language: str, *, now: datetime) -> str:
    """Return the name of a new index of a language."""
    return f"{family(language)}-v{VERSION}-{now:%Y%m%d%H%M%S%f}"


def version_of(index: str) -> int | None:
    """Return the mapping version in an index's name, None for a foreign name."""
    match = _VERSION_IN_NAME.search(index)
    return int(match[1]) if match else None


def is_of_family(index: str, language: str) -> bool:
    """Return whether an index was made by `index_name` for this language."""
    prefix = f"{family(language)}-v"
    return (
        index.startswith(prefix)
        and _VERSION_IN_NAME.fullmatch(index[len(prefix) - 2 :]) is not None
    )


def index_body(language: str) -> dict[str, Any]:
    """Return settings and mappings of a new index."""
    return {"settings": _settings(language), "mappings": _mappings()}


# Repeated words and long texts count a little more than by default (docs/relevance.md).
_SIMILARITY: Settings = {"type": "BM25", "k1": 1.6, "b": 0.8}


def _settings(language: str) -> Settings:
    return {
        "index": {
            "number_of_shards": settings.ELASTICSEARCH_SHARDS,
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
            "refresh_interval": REFRESH_INTERVAL,
            "similarity": {"default": _SIMILARITY},
        },
        "analysis": analysis.settings_for(language),
    }


def _text(**more: Any) -> Settings:
    return {
        "type": "text", "analyzer": "text_index", "search_analyzer": "text_search",
        "index_options": "offsets", **more,
    }  # fmt: skip


_KEYWORD: Settings = {"type": "keyword"}
_PLAIN: Settings = {"type": "text", "analyzer": "plain"}
_EXACT = {"fields": {"plain": _PLAIN}}
# Which words as written, and how often; nobody asks a whole text for phrases.
_AS_WRITTEN = {"fields": {"plain": {**_PLAIN, "index_options": "freqs"}}}
# The beginnings of its words, for suggestions while somebody types.
_TYPED: Settings = {
    "type": "text", "analyzer": "beginnings", "search_analyzer": "typed", "index_options": "docs",
}  # fmt: skip

# Signed bytes; the first vector of an index fixes their number. All of them are compared: a graph
# of neighbours takes as long to build as all the rest of an index, and finds only nearly the same.
_MEANING: Settings = {
    "type": "dense_vector", "element_type": "byte", "similarity": "cosine",
    "index_options": {"type": "flat"},
}  # fmt: skip


def _mappings() -> Settings:
    return {
        "dynamic": "strict",
        "_meta": {"version": VERSION},
        "properties": {
            "kind": _KEYWORD,
            "item": _KEYWORD,
            "language": _KEYWORD,
            "answers_for": _KEYWORD,
            "title": _text(fields={"plain": _PLAIN, "typed": _TYPED}),
            "names": {**_PLAIN, "fields": {"typed": _TYPED}},
            "summary": _text(**_AS_WRITTEN),
            "body": _text(**_AS_WRITTEN),
            "labels": _text(**_EXACT),
            "meaning": _MEANING,
            "regions": _KEYWORD,
            "region_paths": _KEYWORD,
            # "<facet>=<id>": a new facet needs no new field.
            "facets": _KEYWORD,
            "points": {"type": "geo_point"},
            "published_at": {"type": "date"},
            "visible_from": {"type": "date"},
            "visible_until": {"type": "date"},
            "is_deleted": {"type": "boolean"},
            "version": {"type": "long"},
            "content_hash": {"type": "keyword", "index": False, "doc_values": True},
        },
    }
