"""Django app configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.mail"
    label = "mail"
    verbose_name = _("mail")
