"""Django app configuration."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Register this room with Django, with search and with the pages that show it."""

    name = "newsroom.offers"
    label = "offers"

    def ready(self) -> None:
        """Tell search and the other pages what this room has."""
        from newsroom.offers import coverage, regional, search, sections, signals  # noqa: PLC0415
        from search.registry import register_miss_listener  # noqa: PLC0415

        search.register()
        sections.register()
        regional.register()
        signals.connect()
        register_miss_listener(coverage.note_question)
