"""Wagtail's words about a review are replaced by ours, as long as Wagtail still says them."""

from itertools import chain
from pathlib import Path

import polib
import wagtail
from django.utils import translation

from newsroom.approval.words import REPLACED

CATALOGUES = Path(wagtail.__file__).parent.rglob("locale/de/LC_MESSAGES/django.po")


def test_wagtail_still_says_what_we_replace():
    theirs = {entry.msgid for entry in chain.from_iterable(map(polib.pofile, CATALOGUES))}

    with translation.override("en"):
        ours = [str(message) for message in REPLACED]

    assert [message for message in ours if message not in theirs] == []
