"""What would be seen at a moment to come: the site, its worker and a stranger, rehearsed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from wagtail.models import Page

from cms.delivery import surfaces
from cms.delivery.probe.clock import clock_at
from cms.delivery.probe.sandbox import rolled_back, without_elasticsearch
from cms.delivery.probe.traces import WORDS, Trace, public_knowledge, traces_of
from cms.delivery.probe.walk import Answer, Reader
from newsroom.approval.models import Receipt
from newsroom.approval.selectors import public
from newsroom.approval.worker import expire_due, lapse_due, publish_due
from search import client

# What the worker does at that moment, without what leaves the house: no shipping, no mail.
DUTIES = (publish_due, expire_due, lapse_due)
# On SQLite nobody else can write meanwhile, so no transaction is held much longer than this.
HOLD = 5.0  # seconds
ROUNDS = 100  # of the worker: each publishes some together
SEARCHES = ("search page", "search API")
WAITING = (Receipt.State.APPROVED, Receipt.State.PARKED)


@dataclass(frozen=True, slots=True)
class Item:
    """An approved version that waits for its hour."""

    receipt_id: int
    page_id: int
    title: str
    language: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where something of an item shows; `fields` names what: title, slug, body, file name …"""

    item: Item
    surface: str
    address: str
    fields: tuple[str, ...]


@dataclass
class Walk:
    """What one walk over all surfaces has shown.

    `hidden` are the items that waited still after the worker had run, `shown` those it published.
    """

    moment: datetime
    hidden: list[Item] = field(default_factory=list)
    shown: list[Item] = field(default_factory=list)
    leaks: list[Sighting] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    asked: int = 0


def waiting_items() -> list[Item]:
    """Return all approved versions that are not public yet, the next one first."""
    receipts = Receipt.objects.filter(state__in=WAITING).select_related("page__locale", "revision")
    return [
        Item(
            receipt_id=receipt.pk,
            page_id=receipt.page_id,
            title=str(receipt.revision.content["title"]),
            language=receipt.page.locale.language_code,
            due_at=receipt.due_at,
        )
        for receipt in receipts.order_by("due_at", "pk")
    ]


def walk(
    moment: datetime,
    items: Sequence[Item],
    *,
    is_database_only: bool,
    progress: Callable[[int, int], None],
) -> Walk:
    """Return what a stranger sees of `items` at `moment`, after the worker has done its part.

    Nothing stays of it (see cms.delivery.probe.sandbox; the caller has entered `nothing_leaves`).
    `progress` is told how many of how many addresses were asked.
    """
    result = Walk(moment)
    reader = Reader()
    plan: list[tuple[str, str]] | None = None
    traces: dict[Item, list[Trace]] = {}
    engine = without_elasticsearch if is_database_only else nullcontext
    with clock_at(moment), engine():
        # In portions: each is a transaction of its own, in which the worker's part is done anew.
        while plan is None or result.asked < len(plan):
            with rolled_back():
                _work(moment)
                if plan is None:
                    still = set(
                        Receipt.objects.filter(state__in=WAITING).values_list("pk", flat=True)
                    )
                    result.hidden = [item for item in items if item.receipt_id in still]
                    result.shown = [item for item in items if item.receipt_id not in still]
                    traces = _traces(result)
                    plan = list(_plan(traces, moment, is_database_only=is_database_only))
                deadline = monotonic() + HOLD
                while result.asked < len(plan) and monotonic() < deadline:
                    _look(reader, *plan[result.asked], traces, result)
                    result.asked += 1
                    progress(result.asked, len(plan))
    return result


def _work(moment: datetime) -> None:
    """Let the worker do everything it does until `moment`; translations follow their sources."""
    for _ in range(ROUNDS):
        if not sum(duty(now=moment) for duty in DUTIES):
            return


def _traces(result: Walk) -> dict[Item, list[Trace]]:
    """Return what gives each item away. What is public anyway gives no hidden item away."""
    known = public_knowledge()
    found = {item: traces_of(_version(item), known=known) for item in result.hidden}
    return found | {item: traces_of(_version(item), known="") for item in result.shown}


def _version(item: Item) -> Any:
    return Receipt.objects.get(pk=item.receipt_id).revision.as_object()


def _plan(
    traces: dict[Item, list[Trace]], moment: datetime, *, is_database_only: bool
) -> Iterator[tuple[str, str]]:
    """Yield every address to ask once, with the name of its surface."""
    seen: set[str] = set()
    for surface, address in _addresses(traces, moment):
        if address in seen:
            continue
        seen.add(address)
        yield surface.name, address
        if surface.name in SEARCHES and client.is_configured() and not is_database_only:
            yield f"{surface.name}, database", address


def _addresses(
    traces: dict[Item, list[Trace]], moment: datetime
) -> Iterator[tuple[surfaces.Surface, str]]:
    for item, found in traces.items():
        yield from surfaces.every_address_of(Page.objects.get(pk=item.page_id).specific)
        words = [trace.text for trace in found if WORDS.fullmatch(trace.text)]
        for question in dict.fromkeys([item.title, *words[:5]]):
            yield from surfaces.every_search(question)
    yield from surfaces.every_list()
    for page in public(Page.objects.order_by("path"), now=moment):
        yield from surfaces.every_address_of(page.specific)


def _look(
    reader: Reader, surface: str, address: str, traces: dict[Item, list[Trace]], result: Walk
) -> None:
    is_fallback = surface.endswith(", database")
    with without_elasticsearch() if is_fallback else nullcontext():
        answers = list(reader.ask(address))
    seen: dict[Item, set[str]] = {}
    for answer in answers:
        if answer.status >= 500 or answer.status == 400:
            result.failures.append(f"{answer.status} {address}")
        words = set(WORDS.findall(answer.text))
        for item, wanted in traces.items():
            shown = {trace.field for trace in wanted if _shows(answer, words, trace)}
            if shown:
                seen.setdefault(item, set()).update(shown)
    for item, fields in seen.items():
        sighting = Sighting(item, surface, address, tuple(sorted(fields)))
        (result.leaks if item in result.hidden else result.sightings).append(sighting)


def _shows(answer: Answer, words: set[str], trace: Trace) -> bool:
    if trace.text in answer.asked:
        # A file that answers to its own name is found by it, whatever else the answer says.
        return trace.field == "file name" and answer.status in (200, 206) and bool(answer.body)
    return trace.text in words if WORDS.fullmatch(trace.text) else trace.text in answer.text
