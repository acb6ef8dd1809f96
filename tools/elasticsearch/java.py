"""Find a Java that Elasticsearch runs on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import ToolError
from tools.account import Account

REQUIRED = 21

_INSTALLED = (
    "/usr/lib/jvm/*",
    "/opt/*",
    "~/.sdkman/candidates/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


class JavaNotFound(ToolError):
    """No Java on this machine is new enough."""


def find_java(account: Account) -> Path:
    """Return the home of the first Java that `account` can run and that is new enough.

    Raises JavaNotFound, naming what was found instead and what to install.
    """
    seen: dict[Path, str] = {}
    for home in candidates():
        java = (home / "bin" / "java").resolve()
        if java in seen:
            continue
        output = _version_output(java, account)
        version = major_version(output)
        if version is not None and version >= REQUIRED:
            return home
        seen[java] = f"{home} (Java {version})" if version else f"{home} (cannot be run)"
    found = ", ".join(seen.values()) or "none"
    raise JavaNotFound(
        f"Elasticsearch needs Java {REQUIRED} or newer. Found: {found}."
        f"\nInstall one (Debian 13, Ubuntu 24.04: `apt-get install openjdk-21-jre-headless`; "
        f"otherwise a JDK such as Temurin) or name its folder in ES_JAVA_HOME."
    )


def candidates() -> Iterator[Path]:
    """Yield the home of every Java worth asking, the explicitly named ones first."""
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if named := os.environ.get(variable):
            yield Path(named)
    for pattern in _INSTALLED:
        folder, _, rest = os.path.expanduser(pattern).partition("*")
        for java in sorted(Path(folder).glob(f"*{rest}/bin/java")):
            yield java.parent.parent
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent.parent


def major_version(output: str) -> int | None:
    """Return the major version in the output of `java -version`, or None if there is none."""
    if match := re.search(r'version "(?:1\.)?(\d+)', output):
        return int(match[1])
    return None


def _version_output(java: Path, account: Account) -> str:
    # Running it, rather than reading a file beside it, also proves that the account may.
    try:
        answer = subprocess.run(
            [java, "-version"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )
    except OSError:
        return ""
    return answer.stderr + answer.stdout
