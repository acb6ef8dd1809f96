"""Free TCP ports on the loopback interface."""

import random
import socket
from contextlib import closing

from tools import ToolError

HOST = "127.0.0.1"

# Below the range from which Linux and macOS take the local ports of outgoing connections.
# Inside it, another connection could occupy the port while its server is stopped, and a client
# that keeps knocking at the closed port could even end up connected to itself.
_CANDIDATES = range(20_000, 32_000)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` now."""
    with closing(socket.socket()) as probe:
        # As servers do: connections of a previous server in TIME_WAIT are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Return `count` different ports on which nothing listens. Raises ToolError if none is left.

    They are chosen at random so that test runs side by side rarely pick the same one.
    """
    candidates = random.sample(_CANDIDATES, len(_CANDIDATES))
    ports: list[int] = []
    for port in candidates:
        if len(ports) == count:
            break
        if is_free(port):
            ports.append(port)
    if len(ports) < count:
        raise ToolError(f"Fewer than {count} free ports between 20000 and 32000 on {HOST}.")
    return ports
