"""Start and stop one Elasticsearch instance."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tools.account import server_account
from tools.elasticsearch import configuration
from tools.elasticsearch.distribution import fetch
from tools.elasticsearch.health import is_healthy
from tools.elasticsearch.java import find_java
from tools.elasticsearch.security import PASSWORD, USER, Authority
from tools.ports import HOST, free_ports, is_free
from tools.supervised import ServerFailed, Supervised


class ElasticsearchServer:
    """An Elasticsearch on the loopback interface, for tests.

    Port and data stay the same from one start to the next, until `close` removes everything.
    As a context manager it starts on entry and closes on exit.
    """

    def __init__(
        self,
        *,
        port: int | None = None,
        heap: str = "512m",
        data: Path | None = None,
        name: str = "node-1",
        joins: "ElasticsearchServer | None" = None,
        is_secured: bool = False,
    ) -> None:
        """Prepare an instance of its own; nothing runs until `start`.

        `port` is the HTTP port, by default a free one; `heap` is a size as in `-Xmx`. `data` is a
        folder that is kept, by default a temporary one. With `joins`, it becomes a further node
        of that server's cluster and needs a `name` of its own. `is_secured` turns on TLS with a
        private authority, users and API keys; a further node takes this from the first.
        Raises ToolError or a subclass.
        """
        self._account = server_account()
        self._home = fetch()
        self._java = find_java(self._account)
        free_port, self.transport_port = free_ports(2)
        self.port = port or free_port
        self._process: Supervised | None = None
        self._temporary = tempfile.TemporaryDirectory(
            prefix="gesamtschau-elasticsearch-", ignore_cleanup_errors=True
        )
        self._folder = Path(self._temporary.name)
        self._data = (data or self._folder / "data").absolute()
        if not self._data.exists():
            self._data.mkdir(parents=True)
            self._account.give(self._data)
        for part in ("logs", "tmp"):
            (self._folder / part).mkdir()
        self.authority: Authority | None = None
        if joins:
            self.authority = joins.authority
        elif is_secured:
            (self._folder / "authority").mkdir(mode=0o700)
            self.authority = Authority(self._folder / "authority")
        configuration.write(
            self._folder / "config",
            home=self._home,
            heap=heap,
            settings=configuration.settings(
                name=name,
                port=self.port,
                transport_port=self.transport_port,
                data=self._data,
                logs=self._folder / "logs",
                seed=joins.transport_port if joins else None,
                is_secured=self.authority is not None,
            ),
        )
        if self.authority:
            certificate, key = self.authority.issue(name)
            configuration.write_security(
                self._folder / "config",
                authority=self.authority.certificate,
                certificate=certificate,
                key=key,
            )
        self._account.give(self._folder)
        if self.authority:
            try:
                self._add_user()
            except BaseException:
                self.close()
                raise

    @property
    def url(self) -> str:
        """The base URL, without a slash at the end."""
        return f"{'https' if self.authority else 'http'}://{HOST}:{self.port}"

    @property
    def login_url(self) -> str:
        """The base URL with the name and password of a secured cluster's superuser."""
        return self.url.replace("://", f"://{USER}:{PASSWORD}@") if self.authority else self.url

    @property
    def log(self) -> Path:
        """The file with the output of every start; `close` removes it."""
        return self._folder / "console.log"

    @property
    def running(self) -> bool:
        """Whether the server was started and has not ended since."""
        return self._process is not None and self._process.exit_code() is None

    def start(self, timeout: float = 90) -> None:
        """Start and wait up to `timeout` seconds for health yellow; do nothing if it runs.

        Raises ServerFailed if it ends or is not ready in time, leaving no process behind.
        """
        if self.running:
            return
        self.kill()  # What is left of a server that ended by itself.
        # Otherwise we would take the answer of whoever listens there for ours.
        if not is_free(self.port):
            raise ServerFailed(f"Port {self.port} is in use already.")
        self._account.require(self._home)
        self._account.require(self._data, writable=True)
        self._pid_file.unlink(missing_ok=True)
        self._process = Supervised(
            [self._home / "bin" / "elasticsearch", "--pidfile", self._pid_file],
            account=self._account,
            folder=self._folder,
            environment=self._environment,
            log=self.log,
        )
        try:
            self._process.wait_until(
                lambda: is_healthy(self.port, authority=self.authority), timeout
            )
        except BaseException:
            self.kill()
            raise

    def stop(self, graceful: bool = True) -> None:
        """End the server if it runs; without `graceful`, as a crash would."""
        if graceful and self._process and self.running:
            self.resume()  # A paused server would not hear the signal.
            self._process.stop(signal.SIGTERM, timeout=30)
        elif self._process:
            self._process.kill()
        self._process = None

    def kill(self) -> None:
        """End the server if it runs, without warning, as a crash would."""
        self.stop(graceful=False)

    def pause(self) -> None:
        """Freeze the server: it accepts connections but does not answer until `resume`."""
        os.kill(int(self._pid_file.read_text()), signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused server go on."""
        os.kill(int(self._pid_file.read_text()), signal.SIGCONT)

    def wait(self) -> int:
        """Wait until the server ends by itself and return its exit code."""
        return self._process.wait() if self._process else 0

    def close(self) -> None:
        """Stop the server and remove its temporary folder; a given `data` folder stays."""
        try:
            self.stop()
        finally:
            self._temporary.cleanup()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "ES_JAVA_HOME": str(self._java),
            "ES_PATH_CONF": str(self._folder / "config"),
            "ES_TMPDIR": str(self._folder / "tmp"),
        }

    def _add_user(self) -> None:
        answer = subprocess.run(
            [self._home / "bin" / "elasticsearch-users", "useradd", USER,
             "-p", PASSWORD, "-r", "superuser"],
            env={"PATH": os.environ.get("PATH", os.defpath), **self._environment},
            cwd=self._folder,
            user=self._account.user,
            group=self._account.group,
            extra_groups=self._account.groups,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if answer.returncode:
            raise ServerFailed(f"No user could be added:\n{answer.stderr}")

    @property
    def _pid_file(self) -> Path:
        # Elasticsearch writes the id of the JVM here; our child is the launcher in front of it.
        return self._folder / "pid"
