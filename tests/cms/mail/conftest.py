"""A mail server of our own, and the outbox as the settings of the site make it."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from cms.mail.models import Mail
from cms.settings.mail import mail


@pytest.fixture
def transport(settings) -> Callable[..., None]:
    """Return a function that names the transport, as cms.settings.mail does at the start."""

    def use(backend: str, **options: object) -> None:
        for name, value in mail(backend, **options).items():
            setattr(settings, name, value)

    use("locmem")
    return use


@dataclass
class Server:
    """Speaks just enough SMTP. `answers` replaces its reply to a verb or a command.

    None: it hangs up."""

    answers: dict[str, str | None] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)
    is_silent: bool = False
    listener: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return self.listener.getsockname()[1]

    def close(self) -> None:
        if self.over.is_set():
            return
        self.over.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._quietly, args=(connection,), daemon=True).start()

    def _quietly(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)
        except OSError:
            pass  # the client went away

    def _talk(self, stream) -> None:
        if self.is_silent:
            self.over.wait(20)
            return
        stream.write(b"220 test\r\n")
        stream.flush()
        while line := stream.readline():
            command = line.decode().strip().upper()
            verb = command.split(":")[0].split()[0]
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")
            reply = self.answers.get(command, self.answers.get(verb, usual))
            if reply is None:
                return
            stream.write(f"{reply}\r\n".encode())
            stream.flush()
            if verb == "DATA" and reply.startswith("3"):
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += stream.readline()
                self.received.append(text)
                last = self.answers.get("END", "250 taken")
                if last is None:
                    return
                stream.write(f"{last}\r\n".encode())
                stream.flush()


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Commit for real, and remove the mails afterwards.

    Not pytest-django's way, which flushes every table: the newsroom's record refuses that.
    """
    with django_db_blocker.unblock():
        yield
        Mail.objects.all().delete()


@pytest.fixture
def server(transport) -> Iterator[Server]:
    """Run a mail server and send through it."""
    server = Server()
    transport("smtp", host="127.0.0.1", port=server.port, timeout=0.5)
    yield server
    server.close()
