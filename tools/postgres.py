"""A throw-away PostgreSQL cluster from the server binaries installed on this machine."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from tools import ToolError
from tools.account import Account, server_account
from tools.ports import HOST, free_ports
from tools.supervised import Supervised

REQUIRED = 15
_OWNER = "gesamtschau"

# Nothing in the cluster outlives it, so it never waits for the disk.
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
}


class PostgresNotFound(ToolError):
    """No PostgreSQL server on this machine is new enough."""


class ClusterFailed(ToolError):
    """The cluster could not be created; the message has the output of initdb."""


class PostgresCluster:
    """An empty PostgreSQL cluster on the loopback interface, for as long as the `with` lasts."""

    def __enter__(self) -> Self:
        """Create and start it. Raises PostgresNotFound, ClusterFailed or ServerFailed."""
        account = server_account("postgres")
        binaries = find_binaries(account)
        self._temporary = tempfile.TemporaryDirectory(
            prefix="gesamtschau-postgres-", ignore_cleanup_errors=True
        )
        try:
            self._start(account, binaries, Path(self._temporary.name))
        except BaseException:
            self._temporary.cleanup()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        # "Immediate shutdown": the data are thrown away.
        self._process.stop(signal.SIGQUIT, timeout=10)
        self._temporary.cleanup()

    @property
    def url(self) -> str:
        """The URL of a database whose owner may create others; it needs no password."""
        return f"postgresql://{_OWNER}@{HOST}:{self.port}/postgres"

    def _start(self, account: Account, binaries: Path, folder: Path) -> None:
        account.give(folder)
        data = folder / "data"
        _initialise(account, binaries, data)
        (self.port,) = free_ports(1)
        settings = {**_SETTINGS, "port": str(self.port)}
        self._process = Supervised(
            [binaries / "postgres", "-D", data, *(f"--{k}={v}" for k, v in settings.items())],
            account=account,
            folder=folder,
            environment={},
            log=folder / "postgres.log",
        )

        def is_ready() -> bool:
            status = data / "postmaster.pid"  # Its last line is what `pg_ctl start` waits for.
            return status.exists() and status.read_text().rstrip().endswith("ready")

        try:
            self._process.wait_until(is_ready, timeout=60)
        except BaseException:
            self._process.kill()
            raise


def find_binaries(account: Account) -> Path:
    """Return the folder of the first PostgreSQL server that is new enough.

    Raises PostgresNotFound, saying what to install, if `account` can run none.
    """
    for folder in _candidates():
        version = major_version(_run(account, [folder / "postgres", "--version"]))
        if version is not None and version >= REQUIRED and (folder / "initdb").exists():
            return folder
    raise PostgresNotFound(
        f"No PostgreSQL server {REQUIRED} or newer is installed: `apt-get install postgresql`."
    )


def major_version(output: str) -> int | None:
    """Return the major version in the output of `postgres --version`, or None."""
    match = re.search(r"\(PostgreSQL\) (\d+)", output)
    return int(match[1]) if match else None


def _candidates() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        yield Path(_run(Account(), [pg_config, "--bindir"]).strip())
    # Debian keeps the versions side by side and off the PATH; the newest first.
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def _initialise(account: Account, binaries: Path, data: Path) -> None:
    # ICU sorts and compares the same on every machine, umlauts included; libc does not.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=und")
    options = ("--auth=trust", f"--username={_OWNER}", "--no-sync", *locale)
    output = _run(account, [binaries / "initdb", "-D", data, *options])
    if not (data / "PG_VERSION").exists():
        raise ClusterFailed(f"initdb failed:\n{output}")


def _run(account: Account, command: Sequence[str | Path]) -> str:
    """Return the whole output of `command`, or what the system says if it cannot be run."""
    try:
        return subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        ).stdout
    except OSError as error:
        return str(error)


def run(command: Sequence[str]) -> int:
    """Run `command` with DATABASE_URL naming a new cluster and return its exit code."""
    with PostgresCluster() as cluster:
        environment = {**os.environ, "DATABASE_URL": cluster.url}
        process = subprocess.Popen(command, env=environment)
        # From now on we outlast it: Ctrl-C reaches it from the terminal, the others from us.
        signal.signal(signal.SIGINT, lambda *_: None)
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, lambda number, _: process.send_signal(number))
        code = process.wait()
    return code if code >= 0 else 128 - code


def main() -> int:
    """Run the command given on the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.postgres", description=__doc__)
    parser.add_argument("--find", action="store_true", help="print the folder of the binaries")
    parser.add_argument("command", nargs="*", metavar="-- COMMAND", help="run with DATABASE_URL")
    arguments = parser.parse_args()
    if bool(arguments.command) == arguments.find:
        parser.error("give either --find or a command")
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        if arguments.find:
            print(find_binaries(server_account("postgres")))
            return 0
        return run(arguments.command)
    except ToolError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
