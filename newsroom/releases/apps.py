"""Django app configuration."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Register this room with Django, with search and with the pages that show it."""

    name = "newsroom.releases"
    label = "releases"

    def ready(self) -> None:
        """Tell search and the other pages what this room has."""
        from newsroom.releases import regional, search, sections  # noqa: PLC0415 - models load first

        search.register()
        sections.register()
        regional.register()
