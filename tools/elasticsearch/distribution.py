"""Fetch Elasticsearch once into a cache folder."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import ToolError
from tools.account import server_account
from tools.elasticsearch.java import find_java
from tools.supervised import last_lines

VERSION = "9.4.3"
_NAME = f"elasticsearch-{VERSION}"
_POM = Path(__file__).with_name("pom.xml")


class MavenNotFound(ToolError):
    """There is no `mvn` on the PATH."""


class FetchFailed(ToolError):
    """Maven could not download or unpack the distribution."""


def cache_folder() -> Path:
    """Return the folder for everything fetched: GESAMTSCHAU_CACHE or the usual place.

    Root has another usual place, because the unprivileged user that runs the server cannot
    enter root's home.
    """
    if chosen := os.environ.get("GESAMTSCHAU_CACHE"):
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/gesamtschau")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gesamtschau"


def fetch() -> Path:
    """Return the home of Elasticsearch, downloading it first if it is not there yet.

    Raises MavenNotFound, JavaNotFound, FetchFailed, or ToolError for an unreadable cache.
    """
    cache = cache_folder()
    home = cache / _NAME
    if home.exists():
        return home
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    account = server_account()
    account.require(cache)
    with _locked(cache / f"{_NAME}.lock") as lock:
        if home.exists():  # Another fetch was faster.
            return home
        partial = cache / f"{_NAME}.partial"
        shutil.rmtree(partial, ignore_errors=True)  # Left behind by a killed fetch.
        partial.mkdir(mode=0o755)
        try:
            _unpack(partial, find_java(account), lock)
            for modules in partial.glob("*/elasticsearch/modules"):
                shutil.copytree(modules, partial / _NAME / "modules", dirs_exist_ok=True)
            # Elastic lets only the owner read these, but a cache may serve several users.
            for file in (partial / _NAME / "config").glob("*"):
                file.chmod(0o755 if file.is_dir() else 0o644)
            # The last step, so that `home` is either complete or absent.
            (partial / _NAME).rename(home)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return home


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def _unpack(folder: Path, java: Path, lock: int) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MavenNotFound("Fetching Elasticsearch needs Maven: `apt-get install maven`.")
    _say(f"Fetching Elasticsearch {VERSION} with Maven into {folder.parent}, once ...")
    started = time.monotonic()
    log = folder / "maven.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(maven, "--batch-mode", "--no-transfer-progress"),
                "--update-snapshots",  # Try again what an earlier run failed to download.
                *("--file", _POM, f"-Dfolder={folder}", "dependency:unpack"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "JAVA_HOME": str(java)},
            umask=0o022,  # The user that runs the server must be able to read it.
            # If we are killed, Maven goes on and holds the lock: nobody else writes to `folder`.
            pass_fds=[lock],
        )
        try:
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
                _say(f"  {time.monotonic() - started:.0f} s")
        except BaseException:
            process.kill()
            process.wait()
            raise
    if process.returncode:
        raise FetchFailed(f"Maven failed to fetch Elasticsearch:\n{last_lines(log)}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
