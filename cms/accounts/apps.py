"""Django app configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.accounts"
    label = "accounts"
