"""Which Java is chosen for Elasticsearch."""

from pathlib import Path

import pytest

from tools.account import Account
from tools.elasticsearch import java


@pytest.mark.parametrize(
    ("output", "version"),
    [
        ('openjdk version "25.0.3" 2026-04-21 LTS', 25),
        ('openjdk version "21" 2023-09-19', 21),
        ('java version "1.8.0_401"', 8),
        ('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "22-ea" 2024-03-19', 22),
        ("bash: java: command not found", None),
        ("", None),
    ],
)
def test_major_version(output: str, version: int | None) -> None:
    assert java.major_version(output) == version


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which Java can only be installed in jvm/ or named by a variable."""
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(java.shutil, "which", lambda name: None)
    monkeypatch.setattr(java, "_INSTALLED", (f"{tmp_path}/jvm/*",))
    return tmp_path


def install(home: Path, version: str) -> Path:
    """Put a `java` into `home` that claims to be of this version."""
    (home / "bin").mkdir(parents=True)
    program = home / "bin" / "java"
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    program.chmod(0o755)
    return home


def test_the_first_one_new_enough_is_chosen(machine: Path) -> None:
    install(machine / "jvm/a-17", "17.0.15")
    chosen = install(machine / "jvm/b-21", "21.0.2")
    install(machine / "jvm/c-25", "25.0.3")
    assert java.find_java(Account()) == chosen


def test_the_named_ones_come_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(machine / "jvm/a-25", "25.0.3")
    named = install(machine / "mine", "24")
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert java.find_java(Account()) == named
    preferred = install(machine / "preferred", "23")
    monkeypatch.setenv("ES_JAVA_HOME", str(preferred))
    assert java.find_java(Account()) == preferred


def test_a_named_one_that_is_too_old_is_passed_over(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(install(machine / "old", "11.0.2")))
    newer = install(machine / "jvm/a-21", "21.0.2")
    assert java.find_java(Account()) == newer


def test_the_error_says_what_was_found_and_what_to_install(machine: Path) -> None:
    home = install(machine / "jvm/a-17", "17.0.15")
    with pytest.raises(java.JavaNotFound) as error:
        java.find_java(Account())
    assert f"{home} (Java 17)" in str(error.value)
    assert "apt-get install" in str(error.value)
