"""A private certificate authority and the certificates of a secured test cluster."""

import shutil
import ssl
import subprocess
from pathlib import Path

from tools import ToolError
from tools.ports import HOST

DAYS = "30"
USER, PASSWORD = "operator", "not-a-secret"  # of a server that listens on loopback only


class OpensslNotFound(ToolError):
    """There is no `openssl` on the PATH."""


class Authority:
    """Signs for one cluster; whoever trusts `certificate` trusts its nodes and nobody else."""

    def __init__(self, folder: Path) -> None:
        """Make a new authority in `folder`. Raises OpensslNotFound."""
        if shutil.which("openssl") is None:
            raise OpensslNotFound("A secured cluster needs `openssl` on the PATH.")
        self._folder = folder
        self.certificate, self._key = folder / "ca.pem", folder / "ca.key"
        _openssl(
            *("req", "-x509", "-nodes", "-days", DAYS, "-subj", "/CN=gesamtschau test authority"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-addext", "basicConstraints=critical,CA:TRUE"),
            *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
            *("-keyout", self._key, "-out", self.certificate),
        )

    @property
    def context(self) -> ssl.SSLContext:
        """What a client of the cluster needs."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def issue(self, name: str) -> tuple[Path, Path]:
        """Return certificate and key of the node `name` on the loopback interface."""
        request, certificate = self._folder / f"{name}.csr", self._folder / f"{name}.pem"
        key, names = self._folder / f"{name}.key", self._folder / f"{name}.ext"
        names.write_text(f"subjectAltName=IP:{HOST},DNS:localhost\n")
        _openssl(
            *("req", "-nodes", "-subj", f"/CN={name}", "-keyout", key, "-out", request),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        )
        _openssl(
            *("x509", "-req", "-days", DAYS, "-in", request, "-out", certificate),
            *("-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial"),
            *("-extfile", names),
        )
        return certificate, key


def _openssl(*arguments: str | Path) -> None:
    answer = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise ToolError(f"openssl failed:\n{answer.stderr}")
