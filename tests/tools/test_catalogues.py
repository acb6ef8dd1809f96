"""What the check of the message catalogues finds wrong."""

import polib
import pytest

from tools.catalogues import _fault

ONE = "%(total)s result"
MANY = "%(total)s results"


def entry(msgid, text):
    return polib.POEntry(msgid=msgid, msgstr=text)


def plural(*texts):
    return polib.POEntry(msgid=ONE, msgid_plural=MANY, msgstr_plural=dict(enumerate(texts)))


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (entry("In %(place)s", "En %(place)s"), ""),
        (entry("In %(place)s", "En %(lieu)s"), "has a placeholder of its own: %(lieu)s"),
        (entry("<b>News</b>", "<b>Actualités</b>"), ""),
        (entry("<b>News</b>", "<i>Actualités</i>"), "has other tags than the original"),
        (plural("un résultat", "%(total)s résultats"), ""),
        (plural("un", "deux", "trois"), "has 3 of 2 plural forms"),
    ],
)
def test_a_translation_that_would_break_a_page_is_told(found, fault):
    assert _fault(found, forms=2) == fault
