"""Compare the table with an index: key, version and content, both sides streamed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Max

from search import client, mappings
from search.models import SearchDocument

PAGE = 1_000  # rows or documents at a time
KEEP_ALIVE = "1m"  # of the frozen view of the index between two pages

# missing, older, newer (a restored database), other (same version, other content), extra (no row)
What = Literal["missing", "older", "newer", "other", "extra"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One key on which table and index disagree; versions are None where there is none."""

    key: str
    what: What
    table_version: int | None
    index_version: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in one page of keys; `compared` is how many there were."""

    compared: int
    differences: list[Difference]


def differences(language: str, *, alias: str = "") -> Iterator[Difference]:
    """Yield every disagreement between the table and the index of a language.

    Each is looked at twice, so a row that is being shipped right now is none. Uses constant
    memory. Raises client.SearchUnavailable.
    """
    for page in pages(language, alias=alias):
        yield from page.differences


def pages(language: str, *, alias: str = "") -> Iterator[Page]:
    """Yield the disagreements page by page, also pages without any: see `differences`."""
    alias = alias or mappings.alias(language)
    client.request("POST", f"/{alias}/_refresh")
    known = 0  # keys of the table that the index holds
    for keys in _pages_of_table(language):
        found = list(_twice(keys, alias))
        known += len(keys) - sum(difference.what == "missing" for difference in found)
        yield Page(len(keys), found)
    # Whatever is there beyond has no row. Mostly nothing is, and the index need not be read.
    if client.request("GET", f"/{alias}/_count")["count"] > known:
        for keys in _pages_of_index(alias):
            unknown = keys - _table(keys).keys()
            yield Page(0, list(_twice(unknown, alias)) if unknown else [])


def rows_of(keys: Collection[str]) -> list[SearchDocument]:
    """Return the rows of keys; unknown keys are missing."""
    found = [key.split("/") for key in keys if key.count("/") == 2]
    kinds, items, languages = ({parts[place] for parts in found} for place in range(3))
    rows = SearchDocument.objects.filter(kind__in=kinds, item__in=items, language__in=languages)
    return [row for row in rows if row.key in keys]


def _twice(keys: Collection[str], alias: str) -> Iterator[Difference]:
    suspects = {difference.key for difference in _compare(keys, alias)}
    if suspects:
        client.request("POST", f"/{alias}/_refresh")
        yield from _compare(suspects, alias)


def _compare(keys: Collection[str], alias: str) -> Iterator[Difference]:
    # The index first: what is shipped in between makes it look older, never newer.
    index = _index(keys, alias)
    table = _table(keys)
    for key in sorted(keys):
        version, content = table.get(key, (None, ""))
        there, content_there = index.get(key, (None, ""))
        what: What | None = None
        if version is None:
            what = "extra" if there is not None else None
        elif there is None:
            what = "missing"
        elif there != version:
            what = "older" if there < version else "newer"
        elif content != content_there:
            what = "other"
        if what:
            yield Difference(key, what, version, there)


def _table(keys: Collection[str]) -> dict[str, tuple[int, str]]:
    found = [key.split("/") for key in keys if key.count("/") == 2]
    kinds, items, languages = ({parts[place] for parts in found} for place in range(3))
    rows = SearchDocument.objects.filter(
        kind__in=kinds, item__in=items, language__in=languages
    ).values_list("kind", "item", "language", "version", "content_hash")
    return {"/".join(row[:3]): (row[3], row[4]) for row in rows if "/".join(row[:3]) in keys}


def _index(keys: Collection[str], alias: str) -> dict[str, tuple[int, str]]:
    body = {
        "query": {"ids": {"values": sorted(keys)}},
        "size": len(keys),
        "version": True,
        "_source": False,
        "docvalue_fields": ["content_hash"],
    }
    return {hit["_id"]: _state(hit) for hit in _hits(f"/{alias}/_search", body)["hits"]["hits"]}


def _state(hit: dict[str, Any]) -> tuple[int, str]:
    return hit["_version"], hit.get("fields", {}).get("content_hash", [""])[0]


def _pages_of_table(language: str) -> Iterator[set[str]]:
    rows = SearchDocument.objects.filter(language=language)
    # What comes later is on its way to the index: busy writers cannot keep us going.
    newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
    rows, last = rows.filter(pk__lte=newest).order_by("pk"), 0
    while page := list(rows.filter(pk__gt=last).values_list("pk", "kind", "item")[:PAGE]):
        last = page[-1][0]
        yield {f"{kind}/{item}/{language}" for _, kind, item in page}


def _pages_of_index(alias: str) -> Iterator[set[str]]:
    point = client.request("POST", f"/{alias}/_pit", keep_alive=KEEP_ALIVE)["id"]
    after: list[Any] | None = None
    try:
        while True:
            body: dict[str, Any] = {
                "size": PAGE,
                "_source": False,
                "sort": [{"_shard_doc": "asc"}],
                "track_total_hits": False,
                "pit": {"id": point, "keep_alive": KEEP_ALIVE},
            }
            if after:
                body["search_after"] = after
            hits = _hits("/_search", body)["hits"]["hits"]
            if not hits:
                return
            after = hits[-1]["sort"]
            yield {hit["_id"] for hit in hits}
    finally:
        client.request("DELETE", "/_pit", {"id": point})


def _hits(path: str, body: dict[str, Any]) -> dict[str, Any]:
    return client.request("POST", path, body, allow_partial_search_results="false")
