"""Django app configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.demo"
    label = "demo"
