"""The throw-away PostgreSQL cluster."""

import pytest

from tools.postgres import major_version


@pytest.mark.parametrize(
    ("output", "version"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 18beta1", 18),
        ("No such file or directory", None),
    ],
)
def test_major_version(output: str, version: int | None) -> None:
    assert major_version(output) == version
