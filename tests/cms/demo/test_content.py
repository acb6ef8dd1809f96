"""The files of the demonstration speak all languages of the site."""

import json

import pytest

from cms.demo.services import CONTENT
from cms.settings.languages import CONTENT_LANGUAGES
from cms.setup.services import TREE

CODES = {code for code, _name in CONTENT_LANGUAGES}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [TREE, CONTENT / "pages.json"], ids=lambda path: path.name)
def test_every_page_of_the_tree_has_the_same_fields_in_every_language(path):
    for page, versions in read(path).items():
        assert set(versions) == CODES, page
        for code, texts in versions.items():
            assert texts.keys() == versions["de"].keys(), (page, code)
            assert all(texts.values()), (page, code)


@pytest.mark.parametrize(
    ("file", "ids"),
    [
        ("members", {"landkreis-wolfenbuettel", "sprachbruecke-oker"}),
        ("offers", {"migrationsberatung-wolfenbuettel", "deutsch-alltag-wolfenbuettel"}),
        ("releases", {"landkreis-wolfenbuettel-tritt-bei"}),
    ],
)
def test_some_of_each_kind_can_be_read_in_every_language(file, ids):
    complete = {
        entry["id"]
        for entry in read(CONTENT / f"{file}.json")
        if set(entry.get("translations", ())) == CODES - {"de"}
    }
    assert ids <= complete
