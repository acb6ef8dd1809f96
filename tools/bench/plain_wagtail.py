"""What Wagtail's own search does with the same texts, as pages, on the same server."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from modelsearch import index
from modelsearch.backends.elasticsearch9 import SearchBackend
from wagtail.models import Page

from newsroom.releases.models import NewsroomIndexPage, PressReleasePage
from search import client
from search.models import SearchDocument
from search.params import SearchParams
from search.rebuild import rebuild
from search.service import search
from tools.bench.corpus import NOW
from tools.bench.report import Line, at_least, percentile

PAGES = 2_000  # at most; each takes some 10 ms to store
CHUNK = 1_000  # pages at a time, as its rebuild_modelsearch_index takes them

# As a Wagtail project would declare what is searched.
FIELDS = [
    *Page.search_fields,
    index.SearchField("lead"),
    index.SearchField("body"),
    index.FilterField("dateline_date"),
]


def measure(asked: Sequence[SearchParams]) -> list[Line]:
    """Return rebuild and latency, ours first. Theirs has no facets, marks or places.

    Ours reads rows that were written when the pages became public; theirs reads the pages.
    """
    _store_pages()
    PressReleasePage.search_fields = FIELDS
    backend = SearchBackend(
        {
            "URLS": [settings.ELASTICSEARCH_URL],
            "INDEX_PREFIX": f"{settings.ELASTICSEARCH_INDEX_PREFIX}-plain-",
            "TIMEOUT": 30,
        }
    )
    rows = SearchDocument.objects.filter(language="de").count()
    pages = PressReleasePage.objects.count()
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
        list(backend.search(question.q, PressReleasePage.objects.live())[:20])
        theirs.append(1000 * (time.perf_counter() - started))
    client.request("DELETE", f"/{built.name}")
    return [
        at_least(
            "rebuild, compared and swapped, against Wagtail's",
            rows / (between - began), pages / (ended - between), "docs/s", factor=1.2,
        ),
        Line("search against Wagtail's, p50", *_pair(ours, theirs, 0.5), "ms"),
        Line("search against Wagtail's, p95", *_pair(ours, theirs, 0.95), "ms"),
    ]  # fmt: skip


def _store_pages() -> None:
    """Store releases with the texts of rows, as if they were public."""
    newsroom = NewsroomIndexPage.objects.get(locale__language_code="de")
    for row in SearchDocument.objects.filter(language="de").order_by("pk")[:PAGES]:
        newsroom.add_child(
            instance=PressReleasePage(
                title=row.title,
                slug=row.item,
                lead=row.summary,
                dateline_date=NOW.date(),
                body=[("paragraph", f"<p>{row.body}</p>")],
                locale=newsroom.locale,
                live=False,
            )
        )
    Page.objects.child_of(newsroom).update(live=True)


def _rebuild(backend: SearchBackend) -> index.Indexed:
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(PressReleasePage))
    built = rebuilder.start()
    built.add_model(PressReleasePage)
    pages, last = PressReleasePage.get_indexed_objects().order_by("pk"), 0
    while chunk := list(pages.filter(pk__gt=last)[:CHUNK]):
        built.add_items(PressReleasePage, chunk)
        last = chunk[-1].pk
    rebuilder.finish()
    return built


def _pair(ours: Sequence[float], theirs: Sequence[float], share: float) -> tuple[float, float]:
    return percentile(ours, share), percentile(theirs, share)
