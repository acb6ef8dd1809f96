"""The embedded default: SQLite, no server, no secrets. Never for a public site."""

from pathlib import Path

from cms.settings.base import *
from cms.settings.base import BASE_DIR, env
from cms.settings.databases import configured
from cms.settings.mail import mail

DEBUG = env.bool("DEBUG", False)
IS_DEMO_ALLOWED = True
# No protection: whoever reads this file knows it. Production demands its own.
SECRET_KEY = env.str("SECRET_KEY", "embedded-development-key-not-a-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".demo")))
DATA_DIR.mkdir(exist_ok=True)  # SQLite creates the file, but not the folder
DATABASES = {"default": configured(env, default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = None  # static files come from where they lie, not from a collection
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Mails lie in a folder to be read.
vars().update(mail("filebased", file_path=str(DATA_DIR / "mails")))
# The banner on every page says that the content is invented.
IS_DEMO = env.bool("IS_DEMO", True)
