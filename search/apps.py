"""Django app configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Register this room with Django."""

    name = "search"
    label = "search"

    def ready(self) -> None:
        """Connect the system checks."""
        from search import checks  # noqa: F401, PLC0415 - the registry of apps is ready only now
