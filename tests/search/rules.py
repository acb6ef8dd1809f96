"""The rules of finding, for whichever engine answers.

A module that imports these tests says with its fixture `engine` who that is; `find` searches
there. Each rule is written once and must hold for both.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from search.params import SearchParams
from search.service import search
from tests.search.world import (
    BRAUNSCHWEIG,
    CREMLINGEN,
    LANDKREIS,
    NIEDERSACHSEN,
    NOW,
    STADT,
    YESTERDAY,
    document,
)
