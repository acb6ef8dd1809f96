"""The environment of `make` belongs to one interpreter and is filled again for another."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

VERSION = sys.version.split()[0]


@pytest.fixture
def checkout(tmp_path):
    """Return a folder with what `make .venv/.dev` looks at."""
    for name in ("Makefile", "requirements-dev.lock"):
        shutil.copy(settings.BASE_DIR / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    return tmp_path


def planned(checkout):
    """Return the commands that `make .venv/.dev` would run."""
    command = ["make", "-n", f"PYTHON={sys.executable}", ".venv/.dev"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_environment_of_another_interpreter_is_built_anew_and_filled(checkout):
    for name in ("python-3.0.0", ".dev"):
        (checkout / ".venv" / name).touch()

    commands = planned(checkout)

    assert commands.index("rm -rf .venv") < commands.index("-m venv .venv")
    assert commands.index("-m venv .venv") < commands.index("pip install")


def test_the_own_environment_is_left_as_it_is(checkout):
    for name in (f"python-{VERSION}", ".dev"):
        (checkout / ".venv" / name).touch()

    commands = planned(checkout)

    assert "rm -rf" not in commands
    assert "pip install" not in commands
