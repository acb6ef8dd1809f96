"""Say whether the index agrees with the table, and make it so."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import timezone

from search import client, compare, mappings
from search.compare import Difference
from search.indexing import ship
from search.models import Comparison, SearchDocument
from search.params import languages
from search.parking import UNTRIED


def verify(*, clock: Callable[[], datetime] = timezone.now) -> Iterator[Difference]:
    """Yield every difference of every language, and note per language when it was compared.

    Raises client.SearchUnavailable.
    """
    for language in languages():
        count = 0
        for difference in compare.differences(language):
            count += 1
            yield difference
        Comparison.objects.update_or_create(
            language=language, defaults={"compared_at": clock(), "differences": count}
        )


def repair(*, clock: Callable[[], datetime]) -> int:
    """Make the index agree with the table; return how many differences were mended.

    The table is right, always. An index that is newer (the database was restored) loses to a
    version raised beyond its own. Raises client.SearchUnavailable.
    """
    count = 0
    for language in languages():
        for difference in compare.differences(language):
            _mend(difference, language)
            count += 1
    while (report := ship(now=clock())).shipped:
        pass
    if report.is_unavailable:
        raise client.SearchUnavailable("the server went away during the repair")
    return count


def _mend(difference: Difference, language: str) -> None:
    if difference.what == "extra":
        client.request(
            "POST",
            f"/{mappings.alias(language)}/_delete_by_query",
            {"query": {"ids": {"values": [difference.key]}}},
            refresh="true",
            conflicts="proceed",
        )
        return
    kind, item, _ = difference.key.split("/")
    row = SearchDocument.objects.filter(kind=kind, item=item, language=language)
    if difference.what in ("newer", "missing"):
        # Elasticsearch remembers for a minute the version (one higher) with which somebody
        # deleted a document by hand, and would refuse ours.
        beyond = max(difference.index_version or 0, difference.table_version or 0) + 1
        row.filter(version=difference.table_version or 0).update(version=beyond)
    row.update(shipped_version=0, **UNTRIED)
