"""Settings shared by every environment. What differs stands in dev, test and production."""

from datetime import timedelta
from pathlib import Path

import environ

from cms.settings.languages import CONTENT_LANGUAGES

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

INSTALLED_APPS = [
    "cms.accounts",
    "cms.pages",
    "cms.media",
    "cms.mail",
    "newsroom.regions",
    "newsroom.vocabularies",
    "newsroom.approval",
    "newsroom.members",
    "newsroom.press",
    "newsroom.offers",
    "newsroom.releases",
    "newsroom.embargo",
    "newsroom.translation",
    "search",
    "cms.delivery",
    "cms.worker",
    "cms.setup",
    "cms.demo",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.contrib.typed_table_block",
    "wagtail.search",
    "wagtail.admin",
    "newsroom.desk",  # after wagtail.admin, whose notifications it switches off
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "ninja",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",  # of whose fields and indexes Wagtail's search is made
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.delivery.middleware.PublicHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.delivery.middleware.HeadMiddleware",
    "cms.delivery.middleware.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.delivery.middleware.PublicLocaleMiddleware",
    "cms.delivery.middleware.ProbedCommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before the admin's transaction, which runs the view.
    "newsroom.members.middleware.HouseMiddleware",
    "cms.delivery.middleware.AtomicAdminMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cms.delivery.context.site",
            ],
        },
    },
]

# Languages. German is the source; the interface and the pages follow the language.
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = CONTENT_LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# Everything is stored in UTC and shown in the time of the alliance.
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# Passwords
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # before all others: refuses whoever guesses passwords
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", 10)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_PAUSE_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "cms.accounts.guessing.address"
AXES_CLIENT_STR_CALLABLE = "cms.accounts.guessing.nobody"
AXES_LOCKOUT_CALLABLE = "cms.accounts.guessing.refused"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business
AXES_SENSITIVE_PARAMETERS = ["username", "csrfmiddlewaretoken"]  # beside the password
AXES_ENABLE_ADMIN = False

# Static files of the project itself; uploaded media never pass this way (see cms.delivery.media).
STATIC_URL = "/static/"
STATIC_ROOT: str | Path | None = BASE_DIR / "static-collected"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the page editor posts one field per block part

# Wagtail
WAGTAIL_SITE_NAME = "Gesamtschau"
# The link chooser would answer with the title of a page's unpublished draft, whoever's it is.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "off"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "media.NewsImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.NewsImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # bytes
WAGTAILDOCS_DOCUMENT_MODEL = "media.NewsFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.NewsFileForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks a foreign host otherwise
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # an hour in a form is the same for everybody
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # asks a foreign host otherwise
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # video links stay plain links
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.pages.gate.finish_workflow"
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # a newer draft keeps its place in review
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Whether an editor may publish alone in an emergency (for a day, see docs/architecture.md).
EMERGENCY_RELEASE = env.bool("EMERGENCY_RELEASE", False)

# Mail. The transport stands in cms.settings.mail.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", "gesamtschau@localhost")
MAIL_KEPT_DAYS = env.int("MAIL_KEPT_DAYS", 14)  # then address, subject and text are emptied

# Hints of readers are deleted so many days after somebody has dealt with them.
HINTS_KEPT_DAYS = env.int("HINTS_KEPT_DAYS", 180)
# How many of our own servers stand before this one and append to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# A review is due so many hours after its submission, or at the hour of publication if sooner.
REVIEW_DUE_HOURS = env.int("REVIEW_DUE_HOURS", 24)

# Official key of the state whose districts the map shows.
LAND = env.str("LAND", "03")

# Search. Without a URL the site answers from its database.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")  # several hosts: separated by commas
ELASTICSEARCH_CA_FILE = env.str("ELASTICSEARCH_CA_FILE", "")  # of a private authority
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", "")  # instead of user:password in the URL
ELASTICSEARCH_INDEX_PREFIX = env.str("ELASTICSEARCH_INDEX_PREFIX", "gs")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", 1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", 0)  # 1 or more in a cluster
SEARCH_ENCODER = env.str("SEARCH_ENCODER", "auto")  # meaning vectors: search.meaning.encoders

# Whoever sends it as bearer token may read /metrics; without one nobody may.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"personal_links": {"()": "newsroom.embargo.logs.HideTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["personal_links"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # A line for every saved page would bury the rest.
    "loggers": {
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
        "pypdf": {"level": "ERROR"},  # remarks about other people's files
    },
}
