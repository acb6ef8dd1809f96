"""Django app configuration."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.setup"
    label = "setup"
