"""Fetch and run Elasticsearch from the command line."""

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from tools import ToolError
from tools.elasticsearch import ElasticsearchServer, ServerFailed, fetch


def main() -> int:
    """Run the command given on the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.elasticsearch", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="fetch once, print the folder")
    run_parser = commands.add_parser("run", help="run in the foreground until interrupted")
    run_parser.add_argument("--port", type=int, default=9200, help="of the first node")
    run_parser.add_argument("--nodes", type=int, default=1, help="of the cluster")
    run_parser.add_argument("--heap", default="512m", help="of each node")
    run_parser.add_argument("--data", type=Path, metavar="DIR", help="keep the data in DIR")
    run_parser.add_argument("--secure", action="store_true", help="TLS, users and API keys")
    arguments = parser.parse_args()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        if arguments.command == "fetch":
            print(fetch())
        else:
            run(
                arguments.port,
                arguments.nodes,
                arguments.heap,
                arguments.data,
                is_secured=arguments.secure,
            )
    except ToolError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(port: int, nodes: int, heap: str, data: Path | None, *, is_secured: bool) -> None:
    """Run a cluster of `nodes` nodes on consecutive HTTP ports until the first one ends.

    The data of each node is kept in a folder of its name in `data`. Raises ToolError.
    """
    with ExitStack() as stack:
        first: ElasticsearchServer | None = None
        for index in range(nodes):
            name = f"node-{index + 1}"
            server = stack.enter_context(
                ElasticsearchServer(
                    port=port + index,
                    heap=heap,
                    data=data / name if data else None,
                    name=name,
                    joins=first,
                    is_secured=is_secured,
                )
            )
            if is_secured and not first and server.authority:
                print(f"Certificate authority: {server.authority.certificate}", flush=True)
            print(f"Elasticsearch is ready: {server.login_url}", flush=True)
            first = first or server
        if first:
            raise ServerFailed(f"Elasticsearch ended by itself with exit code {first.wait()}.")


if __name__ == "__main__":
    sys.exit(main())
