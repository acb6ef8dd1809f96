"""Where Elasticsearch is cached, and what a failed fetch leaves behind."""

from pathlib import Path

import pytest

from tools.elasticsearch import distribution
from tools.elasticsearch.distribution import FetchFailed, MavenNotFound, cache_folder, fetch


class AnyAccount:
    """An account that may read everything."""

    def require(self, path: Path) -> None:
        """Agree."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, with any account and any Java good enough."""
    monkeypatch.setenv("GESAMTSCHAU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(distribution, "server_account", AnyAccount)
    monkeypatch.setattr(distribution, "find_java", lambda account: tmp_path)
    return tmp_path / "cache"


def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put an `mvn` on the PATH that runs `script` with the target folder in $folder."""
    program = tmp_path / "bin" / "mvn"
    program.parent.mkdir()
    find_folder = "for a; do case $a in -Dfolder=*) folder=${a#-Dfolder=};; esac; done\n"
    program.write_text(f"#!/bin/sh\n{find_folder}{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


UNPACK = """
mkdir -p $folder/elasticsearch-9.4.3/modules/core $folder/other/elasticsearch/modules/analysis
"""


def test_both_sets_of_modules_end_up_in_the_home(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maven(tmp_path, monkeypatch, UNPACK)
    home = fetch()
    assert home == cache / "elasticsearch-9.4.3"
    assert sorted(path.name for path in (home / "modules").iterdir()) == ["analysis", "core"]
    assert not list(cache.glob("*.partial"))


def test_a_second_fetch_does_not_need_maven(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maven(tmp_path, monkeypatch, UNPACK)
    home = fetch()
    monkeypatch.setenv("PATH", "")
    assert fetch() == home


def test_a_failed_fetch_leaves_nothing_and_shows_the_output(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maven(tmp_path, monkeypatch, f"{UNPACK}\necho no network; exit 1")
    with pytest.raises(FetchFailed, match="no network"):
        fetch()
    assert [path.name for path in cache.iterdir()] == ["elasticsearch-9.4.3.lock"]


def test_what_a_killed_fetch_left_does_no_harm(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache / "elasticsearch-9.4.3.partial" / "elasticsearch-9.4.3" / "half").mkdir(parents=True)
    maven(tmp_path, monkeypatch, UNPACK)
    assert not (fetch() / "half").exists()


def test_without_maven_the_error_says_what_to_install(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MavenNotFound, match="apt-get install maven"):
        fetch()


@pytest.mark.parametrize(
    ("uid", "environment", "folder"),
    [
        (0, {"XDG_CACHE_HOME": "/root/.cache"}, "/var/cache/gesamtschau"),
        (1000, {"XDG_CACHE_HOME": "/home/a/c"}, "/home/a/c/gesamtschau"),
        (1000, {"HOME": "/home/a"}, "/home/a/.cache/gesamtschau"),
        (1000, {"GESAMTSCHAU_CACHE": "/srv/c"}, "/srv/c"),
        (0, {"GESAMTSCHAU_CACHE": "/srv/c"}, "/srv/c"),
    ],
)
def test_cache_folder(
    uid: int, environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("GESAMTSCHAU_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(distribution.os, "geteuid", lambda: uid)
    assert cache_folder() == Path(folder)
