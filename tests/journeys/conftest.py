"""The real thing: `manage.py demo` as a process, and a Chromium that walks through it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_browser
from tools.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
START = 300  # seconds, on a busy machine


@dataclass
class Demo:
    """A running demonstration with data of its own."""

    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=lambda: free_ports(1)[0])
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment: str) -> None:
        """Start site and worker and wait until they answer."""
        with (self.folder / "demo.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--port", str(self.port)],
                cwd=ROOT,
                env={**self.environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "demo.log").read_text()[-3000:]
            try:
                with urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError("the demonstration did not start")

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a management command beside the demonstration."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


def _environment(folder: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "ELASTICSEARCH_URL"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "ELASTICSEARCH_INDEX_PREFIX": f"journey-{os.getpid()}",
    }


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[Demo]:
    """Run the demonstration, on the database of the suite's kind."""
    folder = tmp_path_factory.mktemp("demo")
    if url := os.environ.get("DATABASE_URL"):
        with _postgres_database(url) as database:
            yield from _running(Demo(folder, _environment(folder, database)))
    else:
        yield from _running(Demo(folder, _environment(folder, f"sqlite:///{folder}/db.sqlite3")))


def _running(demo: Demo) -> Iterator[Demo]:
    demo.start()
    try:
        yield demo
    finally:
        demo.stop()
        shutil.rmtree(demo.folder, ignore_errors=True)


class _postgres_database:
    """Create a database beside the suite's own, and drop it afterwards."""

    def __init__(self, url: str) -> None:
        self.server = url
        self.name = f"journey_{os.getpid()}"

    def __enter__(self) -> str:
        self._execute(f'CREATE DATABASE "{self.name}"')
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *error: object) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


# Not for the session: Playwright keeps an event loop running in its thread, and Django would
# refuse the database to the tests that come afterwards.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium once for all journeys."""
    path = find_browser()
    if path is None:
        assert os.environ.get("CI") != "true", "no Chromium"
        pytest.skip("NO BROWSER: install Chromium (see `make test`)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Visitor:
    """A person at a browser; remembers what the browser complained about."""

    def __init__(self, browser: Browser, base: str, *, width: int = 1280) -> None:
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="de-DE", base_url=base
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)  # milliseconds
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note_foreign)
        self.page.on("console", self._note_error)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note_foreign(self, request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.foreign.append(request.url)

    def _note_error(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def sign_in(self, name: str) -> "Visitor":
        """Sign in with the demonstration's password."""
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", "gesamtschau")
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")
        return self


@pytest.fixture
def visit(chromium, demo):
    """Return a function that opens a browser for somebody; all are closed afterwards."""
    visitors: list[Visitor] = []

    def open_browser(name: str | None = None, *, width: int = 1280) -> Visitor:
        visitor = Visitor(chromium, demo.url, width=width)
        visitors.append(visitor)
        return visitor.sign_in(name) if name else visitor

    yield open_browser
    for visitor in visitors:
        visitor.context.close()
        assert not visitor.foreign, "requests to foreign hosts"
        assert not visitor.errors, "errors in the browser"
