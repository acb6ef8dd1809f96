"""Who is asked: our service with both engines, and what others would do."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from search import client
from search.params import SearchParams
from search.service import search
from tools.relevance.data import Page
from tools.relevance.measure import DEPTH

# Returns the ids of pages, best first, for words in the reader's language.
Engine = Callable[[str, str], Sequence[str]]


def service(q: str, language: str) -> Sequence[str]:
    """Ask our service as a reader of `language` would."""
    params = SearchParams(language=language, q=q, page_size=DEPTH)
    result = search(params, now=timezone.now())
    expected = "elasticsearch" if settings.ELASTICSEARCH_URL else "database"
    if result.backend != expected:
        raise RuntimeError(f"{result.backend} answered instead of {expected}.")
    return [hit.id for hit in result.hits]


class Baseline:
    """Pages in an index of standard analysis, asked for all words or for any.

    With all words this is what Wagtail's search backend (modelsearch 1.3) sends: `multi_match`
    over everything and over the title with a boost of 2, operator `and`.
    """

    def __init__(self, language: str, pages: Iterable[Page]) -> None:
        self._index = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{language}-baseline"
        text = {"type": "text"}
        title = {"type": "text", "copy_to": ["all", "all_boost_2"]}
        properties = {
            "title": title, "body": {"type": "text", "copy_to": "all"}, "all": text,
            "all_boost_2": text,
        }  # fmt: skip
        body = {"settings": {"number_of_shards": 1}, "mappings": {"properties": properties}}
        client.request("DELETE", f"/{self._index}", ignore_unavailable="true")
        client.request("PUT", f"/{self._index}", body)
        lines = []
        for page in pages:
            lines.append(orjson.dumps({"index": {"_index": self._index, "_id": page.id}}))
            lines.append(orjson.dumps({"title": page.title, "body": page.text}))
        client.bulk(lines, refresh=True)

    def all_words(self, q: str, language: str) -> Sequence[str]:
        """Ask as Wagtail does by default."""
        return self._ask(q, operator="and")

    def any_word(self, q: str, language: str) -> Sequence[str]:
        """Ask for any of the words."""
        return self._ask(q, operator="or")

    def _ask(self, q: str, **more: Any) -> Sequence[str]:
        query = {"query": q, "fields": ["all", "all_boost_2^2"], **more}
        body = {"query": {"multi_match": query}, "size": DEPTH, "_source": False}
        answer = client.request("POST", f"/{self._index}/_search", body)
        return [hit["_id"] for hit in answer["hits"]["hits"]]
