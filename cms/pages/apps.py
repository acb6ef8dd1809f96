"""Django app configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.pages"
    label = "pages"
