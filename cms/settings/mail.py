"""How mail leaves: one form for the two Django versions the project runs on.

Everything is written to the outbox (cms.mail), in the transaction that caused it. The worker takes
it from there to the transport that is named here.
"""

from typing import Any

import django

_BACKENDS = "django.core.mail.backends"
_OUTBOX = "cms.mail.backend.OutboxBackend"
TIMEOUT = 10  # seconds, of each step of the talk with a server


def mail(backend: str, **options: Any) -> dict[str, Any]:
    """Return the settings of a transport ("smtp", "filebased", "locmem") with its options.

    Options have the names of the backend's arguments: host, port, username, password, use_tls,
    use_ssl, timeout, file_path. Django 6.1 reads MAILERS; for 5.2 we read MAIL_TRANSPORT.
    """
    transport = {"BACKEND": f"{_BACKENDS}.{backend}.EmailBackend", "OPTIONS": options}
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": _OUTBOX}, "transport": transport}}
    return {"EMAIL_BACKEND": _OUTBOX, "MAIL_TRANSPORT": transport}


def smtp(url: dict[str, Any]) -> dict[str, Any]:
    """Return the settings for a server named by a parsed EMAIL_URL (django-environ's form)."""
    return mail(
        "smtp",
        host=url["EMAIL_HOST"],
        port=url["EMAIL_PORT"],
        username=url["EMAIL_HOST_USER"] or "",
        password=url["EMAIL_HOST_PASSWORD"] or "",
        use_tls=bool(url.get("EMAIL_USE_TLS")),
        use_ssl=bool(url.get("EMAIL_USE_SSL")),
        timeout=TIMEOUT,
    )
