"""A supervised process never outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.account import Account
from tools.supervised import ServerFailed, Supervised, last_lines

# A launcher with a child of its own, as Elasticsearch's.
LAUNCHER = ["/bin/sh", "-c", "sleep 60 & echo $! > child; wait"]


def start(folder: Path, command: list[str]) -> Supervised:
    return Supervised(command, account=Account(), folder=folder, environment={}, log=folder / "log")


def child(folder: Path) -> int:
    """Return the process id of the launcher's child once it is written down."""
    file = folder / "child"
    wait_until(lambda: file.exists() and file.read_text().endswith("\n"))
    return int(file.read_text())


def is_alive(pid: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return state.strip() != "" and not state.startswith("Z")


def wait_until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_whole_group_ends(how: str, tmp_path: Path) -> None:
    process = start(tmp_path, LAUNCHER)
    pid = child(tmp_path)
    assert is_alive(pid)
    process.kill() if how == "kill" else process.stop(signal.SIGTERM, timeout=5)
    wait_until(lambda: not is_alive(pid))
    assert process.exit_code() == (-signal.SIGKILL if how == "kill" else -signal.SIGTERM)


def test_a_deaf_process_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path, ["/bin/sh", "-c", "trap '' TERM; touch child; sleep 60"])
    wait_until((tmp_path / "child").exists)
    process.stop(signal.SIGTERM, timeout=0.1)
    assert process.exit_code() == -signal.SIGKILL


def test_the_group_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from tests.tools.test_supervised import LAUNCHER, start
process = start(Path({str(tmp_path)!r}), LAUNCHER)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    pid = child(tmp_path)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not is_alive(pid))


def test_a_process_that_ends_is_reported_with_its_log(tmp_path: Path) -> None:
    process = start(tmp_path, ["/bin/sh", "-c", "echo no memory; exit 3"])
    with pytest.raises(ServerFailed, match=r"(?s)exit code 3.*no memory"):
        process.wait_until(lambda: False, timeout=10)
    process.kill()


def test_a_process_that_is_never_ready_is_reported(tmp_path: Path) -> None:
    process = start(tmp_path, LAUNCHER)
    with pytest.raises(ServerFailed, match="not ready within 0 seconds"):
        process.wait_until(lambda: False, timeout=0)
    process.kill()


def test_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert last_lines(log) == ""
    log.write_text("a\nb\nc\n")
    assert last_lines(log, 2) == "b\nc"
