"""The documentation of the sheets."""

from pathlib import Path

import pytest

from newsroom.members import sheet as members
from newsroom.offers import sheet as offers

DOCS = Path(__file__).parents[3] / "docs" / "import.md"


@pytest.mark.django_db
def test_every_column_is_documented():
    text = DOCS.read_text(encoding="utf-8")
    for column in (*members.columns(), *offers.columns()):
        assert f"`{column.name}`" in text
