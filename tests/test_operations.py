"""What operators rely on: compose.yaml, the tables of docs/operations.md and the code agree."""

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR


@pytest.mark.parametrize(("name", "line"), [(".dockerignore", ".env*"), (".gitignore", "/.env*")])
def test_the_file_of_secrets_reaches_neither_the_image_nor_the_repository(name, line):
    assert line in (ROOT / name).read_text(encoding="utf-8").splitlines()
