"""Settings of the measurement: all languages of the judged pages, a database kept between runs."""

import os
from pathlib import Path

from cms.settings.base import BASE_DIR
from cms.settings.databases import configured
from cms.settings.languages import CONTENT_LANGUAGES
from cms.settings.test import *  # noqa: F403 - the measurement is the suite plus what differs
from cms.settings.test import env

FOLDER = Path(os.environ.get("GESAMTSCHAU_RELEVANCE_FOLDER", BASE_DIR / ".cache" / "relevance"))
DATABASES = {"default": configured(env, default=f"sqlite:///{FOLDER / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = CONTENT_LANGUAGES
