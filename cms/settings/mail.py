"""How mail leaves: one form for the two Django versions the project runs on."""

from typing import Any

import django

_BACKENDS = "django.core.mail.backends"


def mail(backend: str, **options: Any) -> dict[str, Any]:
    """Return the settings of a mail backend ("smtp", "filebased", "locmem") with its options.

    Options have the names of the backend's arguments: host, port, username, password, use_tls,
    use_ssl, timeout, file_path. Django 6.1 reads MAILERS; 5.2 reads EMAIL_*.
    """
    path = f"{_BACKENDS}.{backend}.EmailBackend"
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": path, "OPTIONS": options}}}
    names = {"username": "HOST_USER", "password": "HOST_PASSWORD"}
    old = {f"EMAIL_{names.get(name, name.upper())}": value for name, value in options.items()}
    return {"EMAIL_BACKEND": path, **old}


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
        timeout=20,  # seconds
    )
