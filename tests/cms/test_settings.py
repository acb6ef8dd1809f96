"""Production fails at start, naming what is missing."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgresql://user:password@127.0.0.1:5432/name",
    "ELASTICSEARCH_URL": "none",
    "MEDIA_ROOT": "/nonexistent/media",
    "BASE_URL": "https://example.org",
}


def start(**environment):
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_settings_start():
    assert start(**COMPLETE).returncode == 0


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_missing_setting_is_named(name):
    done = start(**{key: value for key, value in COMPLETE.items() if key != name})

    assert done.returncode != 0
    assert f"  {name}: " in done.stderr


def test_a_short_secret_is_refused():
    assert "32 characters" in start(**{**COMPLETE, "SECRET_KEY": "short"}).stderr


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://example.org/a/b"])
def test_an_address_that_is_none_is_refused(address):
    assert "BASE_URL must be" in start(**{**COMPLETE, "BASE_URL": address}).stderr


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://example.org:8443/"])
def test_an_address_may_have_a_port_and_a_slash(address):
    assert start(**{**COMPLETE, "BASE_URL": address}).returncode == 0
