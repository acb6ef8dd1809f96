"""Where offers are missing: searches that found nothing against the offers there are.

Counted by month, district, field of action and language; what somebody typed, and who, is never
stored. Numbers under ten are not shown: a single search must not be found again.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Sum

from newsroom.offers.forms import codes
from newsroom.offers.models import Miss, OfferPage, OfferRegion
from newsroom.offers.selectors import public_offers
from newsroom.regions.models import Region
from newsroom.vocabularies.models import Term

SHOWN_FROM = 10
DISTRICT_DIGITS = 5
# Counts wait in memory, so that a search does not write; what a crash loses is a few counts.
FLUSH_AFTER = 30.0  # seconds

Cell = tuple[date, str, str, str]
_waiting: Counter[Cell] = Counter()
_lock = threading.Lock()
_flushed_at = [time.monotonic()]


def count_miss(
    *, region_keys: Iterable[str], fields: Iterable[str], language: str, now: datetime
) -> None:
    """Count a search without result.

    `region_keys` are the official keys the reader's place stands for, `fields` the fields of
    action filtered by; each may be empty, which counts as anywhere and anything. Keys and ids that
    do not exist are counted nowhere: the number of cells is bounded.
    """
    month = now.date().replace(day=1)
    places = {key[:DISTRICT_DIGITS] for key in region_keys} or {""}
    with _lock:
        for place in places:
            for field in set(fields) or {""}:
                _waiting[month, place, field, language[:20]] += 1
        is_due = time.monotonic() - _flushed_at[0] >= FLUSH_AFTER
    if is_due:
        flush()


def note_question(
    *,
    region_keys: Iterable[str],
    facets: Mapping[str, tuple[str, ...]],
    language: str,
    now: datetime,
) -> None:
    """Count a question of the search that found nothing (see search.registry.MissListener)."""
    fields = facets.get("field_of_action", ())
    count_miss(region_keys=region_keys, fields=fields, language=language, now=now)


def flush() -> int:
    """Write the counts that wait; return how many searches they are."""
    with _lock:
        counts = dict(_waiting)
        _waiting.clear()
        _flushed_at[0] = time.monotonic()
    known = {
        "",
        *Region.objects.filter(level__in=("state", "district")).values_list("pk", flat=True),
    }
    fields = {"", *_fields()}
    kept = {cell: n for cell, n in counts.items() if cell[1] in known and cell[2] in fields}
    with transaction.atomic():
        for (month, region, field, language), number in sorted(kept.items()):
            row, _is_new = Miss.objects.get_or_create(
                month=month, region=region, field=field, language=language
            )
            Miss.objects.filter(pk=row.pk).update(count=F("count") + number)
    return sum(kept.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """One cell of the map: offers, and searches without result (None: fewer than ten)."""

    offers: int
    misses: int | None


def coverage(
    *, language: str, regions: Iterable[str], now: datetime
) -> dict[tuple[str, str], Coverage]:
    """Return (district key, field) -> coverage for speakers of `language` over twelve months.

    An offer counts in a district when it is tagged with it, something in it or something above it.
    """
    regions = list(regions)
    offers = _offers(language, regions, now)
    since = date(now.year - 1, now.month, 1)
    rows = Miss.objects.filter(language=language, month__gte=since, region__in=regions)
    counted = rows.values_list("region", "field").annotate(number=Sum("count"))
    misses = {(region, field): number for region, field, number in counted}
    return {
        (region, field): Coverage(offers[region, field], _shown(misses.get((region, field), 0)))
        for region in regions
        for field in _fields()
    }


def _shown(number: int) -> int | None:
    return number if number >= SHOWN_FROM else None


def _fields() -> list[str]:
    terms = Term.objects.filter(vocabulary=Term.Vocabulary.FIELD_OF_ACTION)
    return list(terms.values_list("slug", flat=True))


def _offers(language: str, regions: list[str], now: datetime) -> Counter[tuple[str, str]]:
    """Return (district, field) -> number of offers in which `language` is spoken."""
    # Columns instead of pages: this goes through all offers there are.
    shown = public_offers(language="de", now=now).order_by().values_list("pk", "languages")
    spoken = {pk for pk, languages in shown if language in codes(languages)}
    served: dict[int, set[str]] = {}
    for pk, key in OfferRegion.objects.values_list("page_id", "region_id"):
        if pk in spoken:
            there = (d for d in regions if d.startswith(key) or key.startswith(d))
            served.setdefault(pk, set()).update(there)
    found: Counter[tuple[str, str]] = Counter()
    terms = OfferPage.fields_of_action.through.objects.values_list("offerpage_id", "term__slug")
    for pk, field in terms:
        found.update((district, field) for district in served.get(pk, ()))
    return found
