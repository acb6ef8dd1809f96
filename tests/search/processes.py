"""The project's own processes, as an operator starts them, beside a test's database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


class Processes:
    """Starts management commands on the test's database and server, and kills them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen] = []

    def start(self, *command: str) -> subprocess.Popen:
        with (self._folder / f"{command[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, ROOT / "manage.py", *command],
                env=os.environ | self._environment(),
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )
        self._running.append(process)
        return process

    def log(self, name: str) -> str:
        path = self._folder / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def end(self) -> None:
        for process in self._running:
            kill(process)

    def _environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATA_DIR": str(self._folder),
            "DATABASE_URL": database_url(),
            "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
            "ELASTICSEARCH_INDEX_PREFIX": settings.ELASTICSEARCH_INDEX_PREFIX,
            "ELASTICSEARCH_REPLICAS": str(settings.ELASTICSEARCH_REPLICAS),
        }


def kill(process: subprocess.Popen) -> bool:
    """Kill a process without warning; return whether it was still alive."""
    was_alive = process.poll() is None
    if was_alive:
        process.send_signal(signal.SIGKILL)
    process.wait()
    return was_alive


def database_url() -> str:
    """Return the test's database as DATABASE_URL names it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    user = f"{found['USER']}:{found['PASSWORD']}@" if found["USER"] else ""
    return f"postgresql://{user}{found['HOST']}:{found['PORT']}/{found['NAME']}"
