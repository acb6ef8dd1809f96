"""Settings of the suite: like dev, but fast and without memory of former runs."""

import tempfile
from pathlib import Path

from cms.settings.base import *
from cms.settings.base import env
from cms.settings.databases import configured
from cms.settings.languages import CONTENT_LANGUAGES
from cms.settings.mail import mail

DEBUG = False
IS_DEMO_ALLOWED = True
SECRET_KEY = "tests-only"  # noqa: S105 - protects nothing
ALLOWED_HOSTS = ["*"]
_scratch = Path(tempfile.mkdtemp(prefix="gesamtschau-test-"))
DATABASES = {"default": configured(env, default=f"sqlite:///{_scratch / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and the worker process see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
else:
    # The suite opens databases beside each other; none may outlive its test.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = _scratch / "media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests sign in without a request; those of guessing passwords switch it on.
AXES_ENABLED = False
vars().update(mail("locmem"))
# A test asks for Elasticsearch by its fixture; none is reached by accident.
ELASTICSEARCH_URL = ""
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
IS_DEMO = True
# Three of the nine: the source, one of the same and one of the other direction. Each further one
# is an index to build and delete in every test of the search server. What must hold for all of
# them asks for the fixture `nine_languages`.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    (code, name) for code, name in CONTENT_LANGUAGES if code in ("de", "en", "ar")
]
