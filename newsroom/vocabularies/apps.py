"""Django app configuration."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    """Register this room with Django and with search."""

    name = "newsroom.vocabularies"
    label = "vocabularies"

    def ready(self) -> None:
        """Tell search what this room knows."""
        from newsroom.vocabularies import search  # noqa: PLC0415 - models load first

        search.register()
