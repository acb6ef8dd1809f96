"""What operators rely on: compose.yaml, the tables of docs/operations.md and the code agree."""

import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.cms.test_settings import COMPLETE

ROOT = settings.BASE_DIR
OUR_APPS = ("cms", "newsroom", "search")
APP_CONTAINERS = ("site", "worker", "migrate")
# What follows from the other containers of compose.yaml.
PROVIDED = {"DATABASE_URL", "ELASTICSEARCH_URL", "MEDIA_ROOT"}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def section(title):
    """Return one section of docs/operations.md."""
    return text("docs/operations.md").split(f"## {title}\n")[1].split("\n## ")[0]


def settings_read():
    """Return the names of all environment variables that cms/settings reads."""
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("cms/settings/*.py"))
    return set(re.findall(r"\benv\.\w+\(\s*\"(\w+)\"", sources))


def containers():
    return yaml.safe_load(text("compose.yaml"))["services"]


def test_every_setting_is_documented_and_every_documented_one_is_read():
    said = re.findall(
        r"^\| (`.+?) \||^(Development and demo .+)", section("Settings"), re.MULTILINE
    )
    documented = re.findall(r"`([A-Z][A-Z_]+)`", str(said))

    assert set(documented) == settings_read()


def test_every_command_is_documented_and_every_documented_one_is_there():
    ours = {name for name, app in get_commands().items() if str(app).startswith(OUR_APPS)}

    assert set(re.findall(r"`manage.py (\w+)", section("Commands"))) == ours


@pytest.mark.parametrize("name", APP_CONTAINERS)
def test_every_setting_can_be_given_to_the_containers(name):
    container = containers()[name]
    fixed = {key for key, value in container["environment"].items() if f"${{{key}" not in value}

    assert container["env_file"] == ".env"
    assert fixed == PROVIDED


@pytest.mark.parametrize("name", APP_CONTAINERS)
def test_compose_names_what_is_missing_before_it_starts_anything(name):
    given = containers()[name]["environment"]
    demanded = {key for key, value in given.items() if value.startswith(f"${{{key}:?")}

    assert demanded | PROVIDED == {*COMPLETE, "EMAIL_URL", "MAIL_FROM"}


def test_the_list_of_what_env_holds_is_what_compose_demands():
    paragraph = section("First start").split("`.env`")[1]

    assert set(re.findall(r"`([A-Z][A-Z_]+)`", paragraph)) >= set(
        re.findall(r"\$\{(\w+):\?", text("compose.yaml"))
    )


@pytest.mark.parametrize(("name", "line"), [(".dockerignore", ".env*"), (".gitignore", "/.env*")])
def test_the_file_of_secrets_reaches_neither_the_image_nor_the_repository(name, line):
    assert line in text(name).splitlines()
