"""Django app configuration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Register this room with Django and with the home page."""

    name = "cms.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Contribute to the home page."""
        from cms.delivery import sections  # noqa: PLC0415 - models load first

        sections.register()
