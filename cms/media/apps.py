"""Django app configuration."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.media"
    label = "media"
