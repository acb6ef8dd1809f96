"""The rehearsal of an hour to come: it sees what shows early, and it changes nothing."""

import hashlib
import re
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from cms.delivery import media
from search import client
from search.models import SearchDocument
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = "2026-12-01T09:00"
HOUR = datetime.fromisoformat("2026-12-01T08:00:00+00:00")


def probe(**options):
    """Return (exit code, what was printed)."""
    out = StringIO()
    options = {"at": AT, "language": "en", **options}
    try:
        call_command("embargo_probe", stdout=out, stderr=StringIO(), **options)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


@pytest.fixture
def scheduled(frozen):
    make.publish(make.release(title="Längst bekannt"))
    frozen.shift(60)
    return make.publish(
        make.release(
            title="Zukunftsgeheimnis", slug="zukunft", picture=make.image(), go_live_at=HOUR
        )
    )


@pytest.fixture
def one_language(settings):
    """Ask in German only: a third of the addresses, and of the time."""
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES[:1]


def test_nothing_shows_before_the_hour_and_everything_at_it(scheduled, frozen):
    changed = make.publish(make.release(title="Erste Fassung"))
    frozen.shift(60)
    changed.title, changed.go_live_at = "Nachgereichter Rücktritt", HOUR
    make.publish(changed)
    later = make.publish(make.release(title="Übermorgen", go_live_at=HOUR + timedelta(days=2)))
    draft = make.release(title="Quelle")
    english = make.translation(draft, "en", by=make.translator(), title="Waiting words")
    english.go_live_at = HOUR
    make.publish(english)

    code, said = probe()

    assert code == 0, said
    assert "4 approved versions wait" in said
    assert "2026-12-01 08:59:59 CET" in said
    before, *becomes_public = said.split("Becomes public at the hour: ")
    assert before.count("nothing shows of what still waits") == 2
    by_page = {int(re.match(r"page (\d+)", text)[1]): text for text in becomes_public}
    assert by_page.keys() == {scheduled.pk, changed.pk}  # not `later`, not `english`
    for place in (
        "pages: /de/newsroom/zukunft/ (",
        f"releases API: /api/v1/releases/{scheduled.translation_key}?lang=de",
        "search API: /api/v1/search?q=Zukunftsgeheimnis",
        "search page: /de/suche/?q=",
    ):
        assert place in by_page[scheduled.pk], place
    for field in ("title", "alt_text", "body"):
        assert re.search(rf"zukunft/ \(.*\b{field}\b", by_page[scheduled.pk]), field
    assert f"pages: {changed.url} (" in by_page[changed.pk]
    assert f"stays hidden: page {english.pk} (en)" in said
    assert f"stays hidden: page {later.pk}" not in said


@pytest.mark.usefixtures("one_language")
def test_the_probe_changes_nothing(scheduled, now, settings, monkeypatch):
    """Not in the database, the index, among the files; no mail, no cached value, no clock."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    sent = []
    monkeypatch.setattr(client, "bulk", lambda *args, **kwargs: sent.append("bulk"))
    monkeypatch.setattr(client, "request", lambda *args, **kwargs: sent.append("request"))
    asked = Mock(side_effect=client.SearchUnavailable("away"))
    monkeypatch.setattr(client, "search", asked)
    # A picture that nobody has seen yet: looking at it makes scaled copies.
    make.publish(make.release(picture=make.image()))
    cache.set("stays", "as it was")
    SearchDocument.objects.update(shipped_version=F("version"))  # else nobody asks the index
    before = (digest_of_the_database(), files(), len(mail.outbox), timezone.now())

    code, said = probe(language="de", at="2026-12-01T09:00+01:00")

    assert code == 0
    assert "Zukunftsgeheimnis" in said
    assert asked.called
    assert sent == []
    assert (digest_of_the_database(), files(), len(mail.outbox), timezone.now()) == before
    assert cache.get("stays") == "as it was"
    assert timezone.now() == now + timedelta(seconds=60)


def digest_of_the_database():
    """Return a hash for each table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr(sorted(map(repr, cursor.fetchall())))
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def files():
    return {path: path.stat().st_mtime_ns for path in Path(django_settings.MEDIA_ROOT).rglob("*.*")}


@pytest.mark.usefixtures("one_language")
def test_a_page_that_is_shown_too_early_is_reported(scheduled, monkeypatch):
    Page.objects.filter(pk=scheduled.pk).update(live=True)
    monkeypatch.setattr("newsroom.approval.wagtail_hooks.is_public", lambda page, *, now: True)

    code, said = probe(database_only=True)

    assert code == 1
    assert re.search(r"TOO EARLY.*title · pages · /de/newsroom/zukunft/", said, re.DOTALL)


@pytest.mark.usefixtures("one_language")
def test_a_picture_that_is_served_too_early_is_reported(scheduled, monkeypatch):
    scheduled.pictures.get().image.get_rendition("fill-640x360")
    monkeypatch.setattr(media, "is_image_public", lambda image_id: True)

    code, said = probe(database_only=True)

    assert code == 1
    assert "file name · media · /media/images/" in said


@pytest.mark.parametrize(
    ("at", "remedy"),
    [
        ("morgen", "Write it like"),
        ("2026-13-01T09:00", "Write it like"),
        ("2027-03-28T02:30", "The clocks change"),
        ("2027-10-31T02:30", "The clocks change"),
        ("2026-11-01T09:00", "has passed"),
        ("9999-12-31T23:59-12:00", "beyond all calendars"),
        ("\x00", "Write it like"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(frozen, at, remedy):
    code, said = probe(at=at)

    assert code == 2
    assert remedy in said


def test_every_room_asks_the_clock_that_the_probe_sets():
    """`timezone.now()` by its module: a copy of the function would keep the real time."""
    wrong = re.compile(
        r"import now\b|\bNow\(\)|datetime\.(utc)?now\(|date\.today\(|CURRENT_TIMESTAMP|time\.time\("
    )
    root = Path(django_settings.BASE_DIR)
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for folder in ("cms", "newsroom", "search")
        for path in (root / folder).rglob("*.py")
        if "migrations" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if wrong.search(line)
    ]

    assert found == []
