"""The browser of the journeys: the system's Chromium, installed if we may.

A browser that a test tool downloads for itself is not used: many machines cannot fetch one, and
the system's is kept up to date.
"""

import os
import shutil
import subprocess
import sys

from tools import ToolError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BrowserNotFoundError(ToolError):
    """No Chromium on this machine, and none could be installed."""


def find_browser() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def install_browser() -> str:
    """Install Chromium through the package manager. Raises BrowserNotFoundError when it cannot."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise BrowserNotFoundError(
            "The journeys need Chromium. Install it: apt-get install chromium (or your system's "
            "package of that name)."
        )
    print("Installing Chromium through the package manager ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        [
            "apt-get",
            "install",
            "-qq",
            "-y",
            "--no-install-recommends",
            "chromium",
            "fonts-noto-core",
        ],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BrowserNotFoundError(f"{' '.join(command)} failed:\n{done.stderr[-1000:]}")
    found = find_browser()
    if found is None:
        raise BrowserNotFoundError("The package manager installed no Chromium.")
    return found


def main() -> int:
    """Make sure that there is a browser; fail only where nothing may be missing (CI=true)."""
    try:
        find_browser() or install_browser()
    except BrowserNotFoundError as error:
        print(f"NO BROWSER, the journeys are skipped. {error}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
