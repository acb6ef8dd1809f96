"""Django app configuration."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Register this room with Django and with search."""

    name = "newsroom.regions"
    label = "regions"

    def ready(self) -> None:
        """Tell search what this room knows."""
        from newsroom.regions import search  # noqa: PLC0415 - models load first

        search.register()
