"""Put the judged pages where the search looks, on the way every page takes."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from search import client, documents, indexing, mappings, registry
from search.documents import Document
from search.meaning import near, vectors
from search.models import SearchDocument
from search.vocabulary import learn_due
from tools.relevance.data import Page

KIND = "page"
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class Corpus:
    """The pages as the only kind of item there is; `show` says in which languages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages: dict[str, list[Page]] = {}
        for page in pages:
            self._pages.setdefault(page.id, []).append(page)
        self._shown: frozenset[str] = frozenset()
        registry._kinds.clear()
        registry._facets.clear()
        registry._miss_listeners.clear()
        registry.register_places(registry._NoPlaces())
        registry.register_kind(
            registry.Kind(KIND, "Pages", "inside", self._documents, lambda: list(self._pages))
        )

    def show(self, languages: Sequence[str]) -> None:
        """Make exactly these language versions public, in the table and in the index."""
        self._shown = frozenset(languages)
        call_command("migrate", "search", verbosity=0)
        documents.refresh_all(now=timezone.now())
        if client.is_configured():
            SearchDocument.objects.update(
                shipped_version=0, attempts=0, is_parked=False, next_attempt_at=None
            )
            settle()
        while learn_due(now=timezone.now()):
            pass

    def _documents(self, item: str) -> list[Document]:
        return [_document(p) for p in self._pages.get(item, ()) if p.language in self._shown]


def settle() -> None:
    """Do the worker's duties until nothing is left to do."""
    while vectors.encode_due(now=timezone.now(), limit=200):
        pass
    while (report := indexing.ship(now=timezone.now())).shipped or report.rebuilt:
        if report.failed:
            raise RuntimeError("Elasticsearch refused documents; see the log.")


def on_server(url: str, work: Callable[[], None]) -> None:
    """Do `work` with indices of our own on the server, and remove them afterwards."""
    settings.ELASTICSEARCH_URL = url
    # What is found is measured here, not how fast: a busy machine must not change the answer.
    client.QUERY_BUDGET = near.PATIENCE = 60.0
    settings.ELASTICSEARCH_INDEX_PREFIX = f"relevance-{os.getpid()}-{int(time.time())}"
    try:
        work()
    finally:
        for entry in client.request(
            "GET", f"/_cat/indices/{mappings.alias('*')}", format="json", h="index"
        ):
            client.request("DELETE", f"/{entry['index']}")  # type: ignore[index]
        settings.ELASTICSEARCH_URL = ""


def _document(page: Page) -> Document:
    return Document(
        kind=KIND, item=page.id, language=page.language,
        title=page.title, summary="", body=page.text, url=f"/{page.language}/{page.id}/",
        regions=(), region_paths=(), facets={}, labels=(), points=(),
        published_at=_DAY, visible_from=_DAY, visible_until=None,
    )  # fmt: skip
