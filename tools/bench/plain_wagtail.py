"""What Wagtail's own search does with the same rows on the same server."""

import time
from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.utils import timezone
from modelsearch import index
from modelsearch.backends.elasticsearch9 import SearchBackend

from search.models import SearchDocument
from search.params import SearchParams
from search.rebuild import rebuild
from search.service import search
from tools.bench.report import Line, at_least, percentile

CHUNK = 1_000  # objects at a time, as its rebuild_modelsearch_index takes them


class PlainDocument(index.Indexed, SearchDocument):
    """A row as a Wagtail project would declare it."""

    search_fields: ClassVar = [
        index.SearchField("title", boost=2),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("language"),
        index.FilterField("kind"),
        index.FilterField("is_deleted"),
    ]

    class Meta:
        proxy = True
        app_label = "search"


def measure(asked: Sequence[SearchParams]) -> list[Line]:
    """Return rebuild and latency, ours first. Theirs has no facets, marks or places."""
    backend = SearchBackend(
        {
            "URLS": [settings.ELASTICSEARCH_URL],
            "INDEX_PREFIX": f"{settings.ELASTICSEARCH_INDEX_PREFIX}-plain-",
            "TIMEOUT": 30,
        }
    )
    count = PlainDocument.objects.count()
    began = time.perf_counter()
    rebuild("de", now=timezone.now())
    between = time.perf_counter()
    built = _rebuild(backend)
    ended = time.perf_counter()
    built.refresh()
    ours: list[float] = []
    theirs: list[float] = []
    for question in asked:
        started = time.perf_counter()
        search(question, now=timezone.now())
        ours.append(1000 * (time.perf_counter() - started))
        started = time.perf_counter()
        list(backend.search(question.q, PlainDocument.objects.filter(language="de"))[:20])
        theirs.append(1000 * (time.perf_counter() - started))
    backend.reset_indexes()
    return [
        at_least(
            "rebuild, compared and swapped, against Wagtail's",
            count / (between - began), count / (ended - between), "docs/s", factor=1.2,
        ),
        Line("search against Wagtail's, p50", *_pair(ours, theirs, 0.5), "ms"),
        Line("search against Wagtail's, p95", *_pair(ours, theirs, 0.95), "ms"),
    ]  # fmt: skip


def _rebuild(backend: SearchBackend) -> index.Indexed:
    target = backend.get_index_for_model(PlainDocument)
    rebuilder = backend.rebuilder_class(target)
    built = rebuilder.start()
    built.add_model(PlainDocument)
    rows, last = PlainDocument.objects.order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        built.add_items(PlainDocument, chunk)
        last = chunk[-1].pk
    rebuilder.finish()
    return built


def _pair(ours: Sequence[float], theirs: Sequence[float], share: float) -> tuple[float, float]:
    return percentile(ours, share), percentile(theirs, share)
