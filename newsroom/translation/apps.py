"""Django app configuration."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Register this room with Django."""

    name = "newsroom.translation"
    label = "translation"
