"""What the whole suite shares: the house, a clock, a real Elasticsearch."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from xdist.scheduler import LoadFileScheduling

from tools import ToolError
from tools.elasticsearch import ElasticsearchServer

# Threads of numpy's BLAS can make a fork wait for ever, and the suite starts many processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A moment on a winter morning in Berlin (10:00), away from the change of the clocks.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


# Files that take minutes begin first, so that no core waits for another at the end.
LONG = (
    "test_play.py", "test_release.py", "test_press_room.py", "test_accessibility.py",
    "test_kills.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the long files in front of the shuffled others.

    Together with the mark, the fixture of that name empties all tables for everybody after it.
    """
    for item in items:
        if item.get_closest_marker("django_db") and "transactional_db" in item.fixturenames:
            raise pytest.UsageError(f"{item.nodeid}: django_db and transactional_db")
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


class Scheduling(LoadFileScheduling):
    """Files go to whichever process is free, all journeys to one: they share a demonstration."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "journeys" if "/journeys/" in file else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Spread the suite over processes."""
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build the house once; every test starts from it."""
    with django_db_blocker.unblock():
        build()


def build():
    """Build what is missing of the house, in the languages of the settings."""
    from cms.setup.services import build_house
    from newsroom.regions.services import load_gazetteer

    load_gazetteer()
    return build_house(now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied():
    """Lift the triggers of the record while a transactional test empties the tables.

    The flush ends with Django's post_migrate, which puts them back.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from newsroom.approval.append_only import lift

    original = TransactionTestCase._fixture_teardown

    def empty(self):
        lift(connection)
        original(self)

    TransactionTestCase._fixture_teardown = empty
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture
def house(db):
    """Return the German trunk of the tree; built anew where a transactional test has wiped it."""
    from wagtail.models import Collection, Locale, Page

    if not Page.objects.exists():
        Locale.objects.get_or_create(language_code=django_settings.LANGUAGE_CODE)
        Page.add_root(title="Root", slug="root", locale=Locale.objects.get())
        Collection.add_root(name="Root")
    return build()


@pytest.fixture
def nine_languages(settings):
    """Run a test in all content languages (see cms.settings.test); pages are built by `trees`."""
    from cms.settings.languages import CONTENT_LANGUAGES

    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = CONTENT_LANGUAGES


@pytest.fixture
def now() -> datetime:
    """Return the test's moment; the clock stands still at it with `frozen`."""
    return NOW


@pytest.fixture
def frozen(time_machine, now):
    """Stop the clock at `now`; `frozen.shift(seconds)` moves it."""
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[ElasticsearchServer | None]:
    """Run the test server for the session; None when ELASTICSEARCH_URL names another one."""
    if os.environ.get("ELASTICSEARCH_URL"):
        yield None
        return
    try:
        server = ElasticsearchServer()
        server.start()
    except ToolError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO ELASTICSEARCH: {error}")
    with server:
        yield server


@pytest.fixture
def until() -> Callable[[Callable[[], object]], object]:
    """Return a function that asks again until the answer is true, or fails after 30 seconds."""

    def wait(question: Callable[[], object], *, seconds: float = 30) -> object:
        deadline = time.monotonic() + seconds
        while True:
            if answer := question():
                return answer
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.05)

    return wait


@pytest.fixture(autouse=True)
def _empty_cache():
    """Forget what a former test has cached: its rows are gone."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _german():
    """Start each test in German, whatever the one before has activated."""
    from django.utils import translation

    with translation.override("de"), timezone.override("Europe/Berlin"):
        yield
