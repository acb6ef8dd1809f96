"""The body of the one request that suggests documents: a pure function."""

from typing import Any

from search import query
from search.results import Criteria

Body = dict[str, Any]

# Forgiven from five letters on, behind the second; such hits come after all others.
_FORGIVEN: Body = {
    "operator": "and", "fuzziness": "AUTO:5,9", "prefix_length": 2, "max_expansions": 20,
}  # fmt: skip


def documents(criteria: Criteria) -> Body:
    """Return the request for documents with a title or name whose words begin as those typed.

    What is shown at all is what a search without words would list: the same filters. `q` and
    `size` of the criteria count besides.
    """
    q = criteria.q
    fitting: Body = {
        "bool": {
            "should": [
                {"match": {"title.typed": {"query": q, "operator": "and"}}},
                {"match": {"names.typed": {"query": q, "operator": "and", "boost": 2}}},
                {"match": {"title.plain": {"query": q, "operator": "and", "boost": 0.5}}},
                {
                    "constant_score": {
                        "filter": {"match": {"title.typed": {"query": q, **_FORGIVEN}}},
                        "boost": 0.001,
                    }
                },
            ],
            "minimum_should_match": 1,
        }
    }
    return {
        "query": {
            "bool": {
                **query.public(criteria),
                "must": [fitting],
                "should": query.own_language_first(criteria.language),
            }
        },
        "size": criteria.size,
        "sort": [
            {"_score": {"order": "desc"}},
            {"published_at": {"order": "desc"}},
            {"item": {"order": "asc"}},
        ],
        "track_total_hits": False,
        "version": True,
        "_source": False,
    }
