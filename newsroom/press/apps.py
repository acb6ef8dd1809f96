"""Django app configuration."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Register this room with Django, and its policy before anybody asks for another."""

    name = "newsroom.press"
    label = "press"

    def ready(self) -> None:
        """Say who may see and change what members say about themselves."""
        from newsroom.press import policy  # noqa: PLC0415 - models load first

        policy.register()
