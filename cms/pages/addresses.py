"""What the site's own addresses begin with, for whoever reads them elsewhere: mails, machines."""

from django.conf import settings


def site_address() -> str:
    """Return scheme, host and port of the site (BASE_URL), without a slash at the end."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def absolute(path: str) -> str:
    """Return the full address of a path on this site, which begins with a slash."""
    return site_address() + path
