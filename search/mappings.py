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

# Raise with any change below; search_rebuild then brings the indices up to date.
VERSION = 1
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


# Soft hyphens and the dots of Leichte Sprache (Bundes·tag) stand inside words, not between them.
_SOFT: Settings = {
    "type": "pattern_replace",
    "pattern": "(?<=\\p{L})[\\u00B7\\u00AD\\u2027](?=\\p{L})",
    "replacement": "",
}
# Numbers, paragraph signs and phone numbers survive; hyphens are left to word_delimiter_graph.
_WORDS: Settings = {"type": "pattern", "pattern": "[^\\p{L}\\p{N}\\p{M}'’&+§-]+"}
_HYPHENS: Settings = {
    "type": "word_delimiter_graph",
    "catenate_words": True,
    "split_on_case_change": False,
    "split_on_numerics": False,
    "stem_english_possessive": False,
}
_UNIQUE: Settings = {"type": "unique", "only_on_same_position": True}
# ZWNJ stands inside Persian words; readers type a space or nothing.
_ZWNJ: Settings = {"type": "mapping", "mappings": ["\\u200C=>\\u0020"]}


def _stemmer(language: str) -> Settings:
    return {"type": "stemmer", "language": language}


def _stop(words: str) -> Settings:
    return {"type": "stop", "stopwords": words}


# Filters after the common beginning, by base language. `index_only` are for text, never for
# questions: a compound is split when indexing (one entry here, once there is a word list).
_LANGUAGES: dict[str, dict[str, Any]] = {
    "de": {
        "filters": {"stop_words": _stop("_german_"), "stems": _stemmer("light_german")},
        "chain": ["stop_words", "german_normalization", "asciifolding", "stems"],
        "index_only": [],
    },
    "en": {
        "filters": {"stop_words": _stop("_english_"), "stems": _stemmer("english")},
        "chain": ["stop_words", "asciifolding", "stems"],
        "index_only": [],
    },
    "ar": {
        "filters": {"stop_words": _stop("_arabic_"), "stems": _stemmer("arabic")},
        "chain": ["decimal_digit", "stop_words", "arabic_normalization", "stems"],
        "index_only": [],
    },
}
_OTHERS: dict[str, Any] = {
    "filters": {},
    "chain": ["decimal_digit", "arabic_normalization", "asciifolding"],
    "index_only": [],
}
_PLAIN = [
    "lowercase",
    "decimal_digit",
    "german_normalization",
    "arabic_normalization",
    "asciifolding",
]


def _settings(language: str) -> Settings:
    parts = _LANGUAGES.get(language.partition("-")[0], _OTHERS)
    beginning = ["hyphens", "lowercase"]
    return {
        "index": {
            "number_of_shards": settings.ELASTICSEARCH_SHARDS,
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
            "refresh_interval": REFRESH_INTERVAL,
        },
        "analysis": {
            "char_filter": {"soft": _SOFT, "zwnj": _ZWNJ},
            "tokenizer": {"words": _WORDS},
            "filter": {"hyphens": _HYPHENS, "once": _UNIQUE, **parts["filters"]},
            "analyzer": {
                "text_index": {
                    "type": "custom",
                    "char_filter": ["soft", "zwnj"],
                    "tokenizer": "words",
                    "filter": [
                        "hyphens", "flatten_graph", "lowercase",
                        *parts["index_only"], *parts["chain"], "once",
                    ],
                },
                "text_search": {
                    "type": "custom",
                    "char_filter": ["soft", "zwnj"],
                    "tokenizer": "words",
                    "filter": [*beginning, *parts["chain"]],
                },
                "plain": {
                    "type": "custom",
                    "char_filter": ["soft", "zwnj"],
                    "tokenizer": "standard",
                    "filter": _PLAIN,
                },
            },
        },
    }  # fmt: skip


def _text(**more: Any) -> Settings:
    return {
        "type": "text", "analyzer": "text_index", "search_analyzer": "text_search",
        "index_options": "offsets", **more,
    }  # fmt: skip


_KEYWORD: Settings = {"type": "keyword"}
_EXACT = {"fields": {"plain": {"type": "text", "analyzer": "plain"}}}


def _mappings() -> Settings:
    return {
        "dynamic": "strict",
        "_meta": {"version": VERSION},
        "properties": {
            "kind": _KEYWORD,
            "item": _KEYWORD,
            "language": _KEYWORD,
            "answers_for": _KEYWORD,
            "title": _text(**_EXACT),
            "summary": _text(),
            "body": _text(),
            "labels": _text(**_EXACT),
            "regions": _KEYWORD,
            "region_paths": _KEYWORD,
            # "<facet>=<id>": a new facet needs no new field.
            "facets": _KEYWORD,
            "point": {"type": "geo_point"},
            "published_at": {"type": "date"},
            "visible_from": {"type": "date"},
            "visible_until": {"type": "date"},
            "is_deleted": {"type": "boolean"},
            "version": {"type": "long"},
            "content_hash": {"type": "keyword", "index": False, "doc_values": True},
        },
    }
