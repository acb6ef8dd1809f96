"""Site and worker as two child processes that live and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

from django.core.management.base import CommandError

START_TIMEOUT = 60  # seconds
END_TIMEOUT = 10  # seconds


def serve(*, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Run site and worker until Ctrl-C, SIGTERM or until one of them ends.

    Calls `announce(url)` once the site answers. Raises CommandError when the port is taken or a
    process ends by itself.
    """
    _assert_free(host, port)
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
    os.environ.setdefault("BASE_URL", url)  # the port is known here, not in the settings
    children = [_start("cms.wsgi", host=host, port=port), _start_worker()]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _wait_until_it_answers(url, children)
        announce(url)
        _watch(children)
    except KeyboardInterrupt:
        pass
    finally:
        _end(children)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _assert_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken ({error.strerror}). Try: make demo PORT={port + 1}"
            ) from error


def _start(application: str, *, host: str, port: int) -> "subprocess.Popen[bytes]":
    command = ["-m", "gunicorn", f"{application}:application", "--bind", f"{host}:{port}"]
    command += ["--workers", "1", "--threads", "8", "--log-level", "warning"]
    return _python(*command)


def _start_worker() -> "subprocess.Popen[bytes]":
    return _python("manage.py", "worker")


def _python(*arguments: str) -> "subprocess.Popen[bytes]":
    # A process group of its own: Ctrl-C reaches us alone, and we end the children in order.
    return subprocess.Popen(  # noqa: S603 - our own programs
        [sys.executable, *arguments], env=os.environ, start_new_session=True
    )


def _wait_until_it_answers(url: str, children: list["subprocess.Popen[bytes]"]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        _assert_alive(children)
        try:
            with urlopen(f"{url}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise CommandError(f"The site did not answer within {START_TIMEOUT} seconds.")


def _watch(children: list["subprocess.Popen[bytes]"]) -> None:
    while True:
        _assert_alive(children)
        time.sleep(0.5)


def _assert_alive(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is not None:
            raise CommandError(f"A process has ended with code {child.returncode}; see above.")


def _end(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=END_TIMEOUT)
        except subprocess.TimeoutExpired:
            child.kill()
