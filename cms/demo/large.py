"""The large demonstration: as many members as the alliance has, ten offers each, all invented.

Made from word lists, always the same. It goes the way of an import: rows of the sheets become
drafts, and somebody else approves them.
"""

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from cms.mail.models import Mail
from newsroom.approval.worker import publish_due
from newsroom.desk.models import Announcement
from newsroom.members import sheet as members
from newsroom.members.batch_approval import approve_batch
from newsroom.members.drafts import Progress, silent, store
from newsroom.members.identity import identity
from newsroom.members.models import Batch, MemberPage
from newsroom.members.sheets.columns import Column, Entry, parse
from newsroom.members.sheets.reading import Row, Sheet
from newsroom.offers import sheet as offers
from newsroom.offers.models import OfferPage
from newsroom.regions.models import Region

MEMBERS = 244
OFFERS_EACH = 10
STATE = "03"
SEED = 2026
OWN = "L-"  # external ids of the members made here begin so
WORDS = Path(__file__).parent / "content" / "large.json"
NAME = "DEMO=large"  # of its batches
CHUNK = 5  # members, or the offers of as many, in one transaction

TONGUES = ("ar", "fa", "tr", "uk", "ru", "en", "fr", "ckb", "kmr", "ti", "so", "pl", "ro", "es")
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa")
STREETS = ("Okerweg", "Lindenallee", "Am Markt", "Schulgasse", "Bahnhofsplatz", "Gartenweg")


def load_large(*, writer: Any, approver: Any, now: datetime, progress: Progress = silent) -> int:
    """Fill the directory up to its full size; return how many pages were published.

    Running it again adds what is missing. Texts that people have written stay.
    """
    before, last_mail, last_announced = _live(), _last(Mail), _last(Announcement)
    for batch in Batch.objects.filter(name=NAME).order_by("pk"):
        approve_batch(batch=batch, by=approver)  # where a run was stopped in between
    there = list(MemberPage.objects.filter(locale__language_code="de"))
    ours = {member.external_id for member in there if member.external_id.startswith(OWN)}
    wanted = _member_rows(MEMBERS - len(there) + len(ours))
    rows = [row for row in wanted if row["external_id"] not in ours]
    done, total = 0, len(rows) + MEMBERS * OFFERS_EACH
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        _import(some, members, writer=writer, approver=approver, now=now)
        progress(done := done + len(some), total)
    providers = list(MemberPage.objects.filter(locale__language_code="de").order_by("pk"))
    for start in range(0, len(providers), CHUNK):
        for_whom = providers[start : start + CHUNK]
        new = [row for member in for_whom for row in _offer_rows(member)]
        _import(new, offers, writer=writer, approver=approver, now=now)
        progress(done := done + OFFERS_EACH * len(for_whom), total)
    while publish_due(now=now):
        pass
    # What was told about the invented past is told to nobody.
    Mail.objects.filter(pk__gt=last_mail).delete()
    Announcement.objects.filter(pk__gt=last_announced).delete()
    return _live() - before


def _last(model: Any) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def _live() -> int:
    return sum(model.objects.filter(live=True).count() for model in (MemberPage, OfferPage))


def _words(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(WORDS.read_text(encoding="utf-8"))[name]
    return found


def _import(
    rows: list[dict[str, str]], kind: Any, *, writer: Any, approver: Any, now: datetime
) -> None:
    if not rows:
        return
    columns: list[Column] = kind.columns()
    sheet = Sheet(tuple(rows[0]), tuple(Row(n, row) for n, row in enumerate(rows, start=2)))
    entries: list[Entry]
    entries, problems = parse(sheet, columns)
    drafts, more = kind.drafts(entries)
    if problems or more:
        raise ValueError(f"The large demonstration does not fit: {(problems + more)[0]}")
    with transaction.atomic():
        outcome = store(drafts, name=NAME, by=writer, now=now)
    if outcome.batch is not None:
        approve_batch(batch=outcome.batch, by=approver)


def _places() -> list[Region]:
    found = Region.objects.filter(key__startswith=STATE).exclude(key=STATE)
    biggest = found.exclude(latitude=None).order_by("-population", "key")
    by_name: dict[str, Region] = {}
    for region in biggest:  # a city and the district around it share a name
        by_name.setdefault(region.name, region)
    return list(by_name.values())[:MEMBERS]


def _member_rows(count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(SEED)  # noqa: S311 - the same every time, that is the point
    places, names = _places(), _words("members")
    for number in range(count):
        lap, index = divmod(number, len(places))
        place = places[index]
        # Another step through the names each time round: no name comes twice in one place.
        words = names[(index + 5 * lap) % len(names)]
        title = words["name"].format(place=place.name)
        does = f"{title} {words['does']}."
        slug = slugify(title)[:40].strip("-")
        lat, lon = _near(place, chance)
        yield {
            "external_id": f"{OWN}{number + 1:03}",
            "title": title,
            "short_name": "",
            "kind": words["kind"],
            "summary": does,
            "description": f"{does}\n\nKommen Sie vorbei oder schreiben Sie uns.",
            "fields": ";".join(chance.sample(("language", "work", "housing", "volunteering"), 2)),
            "regions": place.key,
            "website": f"https://{slug}.example.org/",
            "email": f"kontakt@{slug}.example.org",
            "phone": f"030 23125-{number % 1000:03}",
            "address": f"{chance.choice(STREETS)} {chance.randint(1, 90)}, {place.name}",
            "latitude": lat,
            "longitude": lon,
            "since_year": str(chance.randint(2008, 2025)),
        }


def _offer_rows(member: MemberPage) -> Iterator[dict[str, str]]:
    there = OfferPage.objects.child_of(member).count()
    region = (member.regions() or _places()[:1])[0]
    key = identity(member)
    chance = random.Random(f"{SEED} {key}")  # noqa: S311 - the same every time
    chosen = chance.sample(_words("offers"), OFFERS_EACH)
    for number, words in enumerate(chosen[there:], there + 1):
        lat, lon = _near(region, chance)
        street = f"{chance.choice(STREETS)} {chance.randint(1, 90)}"
        opens = chance.randint(8, 16)
        mode = chance.choice(("on_site", "on_site", "on_site", "both", "online"))
        place = f" | {street} |  | {region.name} | {lat} | {lon}" if lat else ""
        yield {
            "external_id": f"{key}-{number:02}",
            "member": key,
            "title": f"{words['title']} in {region.name}",
            "summary": words["summary"],
            "description": f"{words['summary']}\n\n{member.title} lädt dazu ein.",
            "types": words["type"],
            "fields": words["field"],
            "groups": words["groups"],
            "accessibility": ";".join(chance.sample(("step-free", "lift", "toilet"), 2)),
            "languages": ";".join(["de", *chance.sample(TONGUES, 2)]),
            "regions": region.key,
            "mode": mode,
            "places": "" if mode == "online" else place,
            "hours": f"{chance.choice(DAYS)} {opens:02}:00-{opens + 2:02}:00",
            "cost": words["cost"],
            "free": "yes" if words["cost"] == "kostenlos" else "no",
            "email": member.email,
        }


def _near(region: Region, chance: random.Random) -> tuple[str, str]:
    """Return a point up to about a kilometre from the middle of a region."""
    if region.latitude is None or region.longitude is None:
        return "", ""
    lat = region.latitude + chance.uniform(-0.009, 0.009)
    lon = region.longitude + chance.uniform(-0.014, 0.014)
    return f"{lat:.5f}", f"{lon:.5f}"
