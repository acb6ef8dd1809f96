"""The content languages, each named in itself. German is the source of all others."""

from django.conf.locale import LANG_INFO

CONTENT_LANGUAGES = [
    ("de", "Deutsch"),
    ("de-x-leicht", "Leichte Sprache"),
    ("en", "English"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("tr", "Türkçe"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("fr", "Français"),
]

# Easy-to-read German is a private-use subtag of BCP 47 (RFC 5646, 2.2.7). Django would call it
# German; its messages and its formats are German ones, which Django's fallback arranges.
LANG_INFO["de-x-leicht"] = {
    "bidi": False,
    "code": "de-x-leicht",
    "name": "Easy-to-read German",
    "name_local": "Leichte Sprache",
}
