"""A server process that ends when we do, however we end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tools import ToolError
from tools.account import Account

# Runs as the leader of its own process group. Standard input is a pipe whose other end only we
# hold, and into which nothing is ever written: reading from it returns when we close it or die,
# even by SIGKILL, and then the whole group is killed, launchers and grandchildren included. The
# usual PR_SET_PDEATHSIG is no help here: it is lost on the change of user, it reaches only the
# direct child, and it exists only on Linux. `exec` gives the server the shell's process id.
_WATCHDOG = """
exec 3<&0
(read -r _ <&3; kill -s KILL 0) &
exec "$@" </dev/null 3<&-
"""


class ServerFailed(ToolError):
    """A server did not start or ended by itself; the message has its last log lines."""


class Supervised:
    """A running command in its own process group, with output going to a log file."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        account: Account,
        folder: Path,
        environment: Mapping[str, str],
        log: Path,
    ) -> None:
        """Start `command` as `account` in `folder`, appending its output to `log`.

        It sees only PATH and `environment`, so that no setting of the developer leaks in.
        """
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _WATCHDOG, "watchdog", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={"PATH": os.environ.get("PATH", os.defpath), **environment},
                user=account.user,
                group=account.group,
                extra_groups=account.groups,
                start_new_session=True,
            )

    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal, or None while it runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        return self._process.wait()

    def wait_until(self, ready: Callable[[], bool], timeout: float) -> None:
        """Ask `ready` again and again, up to `timeout` seconds, until it says yes.

        Raises ServerFailed if the time is over or the command ends first.
        """
        deadline = time.monotonic() + timeout
        while not ready():
            if (code := self.exit_code()) is not None:
                problem = f"ended with exit code {code}"
            elif time.monotonic() > deadline:
                problem = f"was not ready within {timeout:.0f} seconds"
            else:
                time.sleep(0.1)
                continue
            raise ServerFailed(f"The server {problem}. Its log ends:\n{last_lines(self._log)}")

    def stop(self, how: signal.Signals, timeout: float) -> None:
        """Ask for the end with the signal `how`; kill what is left after `timeout` seconds."""
        self._process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self.kill()

    def kill(self) -> None:
        """Kill the whole group at once and return when it is gone."""
        # The watchdog outlives the server, so the group's id cannot belong to anybody else yet.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        # Grandchildren are not ours to wait for, but they hold ports and locks until they are
        # gone. The limit is for containers in which nobody reaps orphans.
        deadline = time.monotonic() + 5
        with suppress(ProcessLookupError):
            while time.monotonic() < deadline:
                os.killpg(self._process.pid, 0)
                time.sleep(0.02)


def last_lines(log: Path, count: int = 30) -> str:
    """Return the last `count` lines of a log file, or nothing if there is no such file."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
