"""Production: every secret and address comes from the environment, or the start fails."""

import re

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *
from cms.settings.base import BASE_DIR, env
from cms.settings.databases import configured
from cms.settings.mail import smtp

REQUIRED = {
    "SECRET_KEY": "a long random text that nobody else knows",
    "ALLOWED_HOSTS": "the site's host names, separated by commas",
    "DATABASE_URL": "postgresql://user:password@host:5432/name",
    "ELASTICSEARCH_URL": "https://user:password@host:9200, or 'none' to answer from the database",
    "MEDIA_ROOT": "a folder that outlives the container and no web server publishes",
    "BASE_URL": "scheme and host of the site: https://example.org",
}
_missing = [name for name in REQUIRED if not env.str(name, "")]
if _missing:
    raise ImproperlyConfigured(
        "Production settings need these environment variables:\n"
        + "\n".join(f"  {name}: {REQUIRED[name]}" for name in _missing)
    )

if not re.match(r"https?://[\w.:\[\]-]+/?$", env.str("BASE_URL")):
    raise ImproperlyConfigured("BASE_URL must be scheme and host, as https://example.org.")

DEBUG = False
IS_DEMO_ALLOWED = False
IS_DEMO = False
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": configured(env, default="")}
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL").removeprefix("none")
MEDIA_ROOT = env.str("MEDIA_ROOT")
STATIC_ROOT = env.str("STATIC_ROOT", str(BASE_DIR / "static-collected"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
# Asked from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
vars().update(smtp(env.email_url("EMAIL_URL", default="smtp://localhost:25")))
