"""Bring what the suite needs: the Elasticsearch test server, and PostgreSQL when asked for."""

import os
import shutil
import subprocess
import sys

from tools import ToolError
from tools.account import server_account
from tools.elasticsearch import fetch, find_java
from tools.postgres import PostgresNotFound, find_binaries


def prepare_elasticsearch() -> None:
    """Fetch the test server once. Raises ToolError without Maven or Java."""
    if os.environ.get("ELASTICSEARCH_URL"):
        return
    find_java(server_account())
    fetch()


def prepare_postgres() -> None:
    """Find the PostgreSQL server, or install it when we are root on Debian. Raises ToolError."""
    try:
        find_binaries(server_account("postgres"))
    except PostgresNotFound:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
        print("Installing PostgreSQL through the package manager ...", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "postgresql"],
            env=environment,
            check=False,
        )
        find_binaries(server_account("postgres"))


def main() -> int:
    """Prepare; without Maven or Java the marked tests are skipped, but never under CI=true."""
    try:
        prepare_elasticsearch()
    except ToolError as error:
        print(f"NO ELASTICSEARCH, its tests are skipped. {error}", file=sys.stderr)
        if os.environ.get("CI") == "true":
            return 1
    if "--postgres" in sys.argv[1:]:
        try:
            prepare_postgres()
        except ToolError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
