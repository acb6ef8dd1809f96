"""Where superusers find the outbox."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.mail import views


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the outbox."""
    return [
        path("outbox/", views.outbox, name="mail_outbox"),
        path("outbox/<int:mail_id>/", views.letter, name="mail_letter"),
        path("outbox/<int:mail_id>/again/", views.send_again, name="mail_again"),
    ]


class OutboxMenuItem(MenuItem):
    """The entry of the outbox."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user runs the site."""
        return bool(request.user.is_superuser)


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Offer the outbox among the settings."""
    return OutboxMenuItem(_("Outbox"), reverse("mail_outbox"), icon_name="mail", order=900)
