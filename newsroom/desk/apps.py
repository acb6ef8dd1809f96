"""Django app configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Tell people what waits for them."""

    name = "newsroom.desk"
    label = "desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        """Listen to reviews and publications."""
        from newsroom.desk import signals  # noqa: PLC0415 - models load first

        signals.connect()
