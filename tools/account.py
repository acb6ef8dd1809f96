"""The account a server runs under: Elasticsearch and PostgreSQL both refuse root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools import ToolError


@dataclass(frozen=True)
class Account:
    """Arguments for `subprocess` that choose a user; all None means "as we are".

    `user` and `group` are numeric ids, `groups` the supplementary groups.
    """

    user: int | None = None
    group: int | None = None
    groups: list[int] | None = None

    def give(self, folder: Path) -> None:
        """Hand `folder` and all it contains over to this account."""
        if self.user is None or self.group is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.user, self.group, follow_symlinks=False)

    def require(self, path: Path, *, writable: bool = False) -> None:
        """Raise ToolError unless this account can read (or also write) `path`.

        Asking as the account itself covers every folder on the way to `path`.
        """
        for flag in ("-r", "-w") if writable else ("-r",):
            answer = subprocess.run(
                ["/bin/sh", "-c", 'test "$0" "$1"', flag, path],
                cwd="/",
                user=self.user,
                group=self.group,
                extra_groups=self.groups,
                check=False,
            )
            if answer.returncode:
                verb = "write" if flag == "-w" else "read"
                who = "This user" if self.user is None else f"User id {self.user}"
                raise ToolError(f"{who}, which runs the server, cannot {verb} {path}.")


def server_account(*preferred: str) -> Account:
    """Return our own account, or an unprivileged one when we are root.

    The names in `preferred` are tried first, then `nobody`. Raises ToolError if none exists.
    """
    if os.geteuid() != 0:
        return Account()
    for name in (*preferred, "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, [])
    raise ToolError("Servers refuse to run as root, and there is no user `nobody` to run them as.")
