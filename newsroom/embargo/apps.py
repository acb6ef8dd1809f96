"""Django app configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbargoConfig(AppConfig):
    """Register this room with Django."""

    name = "newsroom.embargo"
    label = "embargo"
    verbose_name = _("advance access")
