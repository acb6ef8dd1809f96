"""Django app configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Register this room with Django, with search and with the pages that show it."""

    name = "newsroom.members"
    label = "members"

    def ready(self) -> None:
        """Tell search and the other pages what this room has."""
        from cms.pages.reach import install_reach  # noqa: PLC0415 - models load first
        from newsroom.members import reach, regional, search, sections, signals  # noqa: PLC0415

        install_reach(reach.is_within_reach)
        signals.connect()
        search.register()
        sections.register()
        regional.register()
