"""Django app configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Register this room with Django, with search and with the pages that show it."""

    name = "newsroom.members"
    label = "members"

    def ready(self) -> None:
        """Tell search and the other pages what this room has."""
        from newsroom.members import regional, search, sections  # noqa: PLC0415 - models load first

        search.register()
        sections.register()
        regional.register()
