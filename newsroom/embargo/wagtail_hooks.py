"""Where editors find invitations in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from newsroom.embargo import admin_views
from newsroom.embargo.models import Invitation
from newsroom.embargo.selectors import standing
from newsroom.releases.models import PressReleasePage


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the editors' views."""
    below = "embargo/<int:page_id>/"
    one = f"{below}<int:invitation_id>/"
    return [
        path(below, admin_views.invitations, name="embargo_invitations"),
        path(f"{one}again/", admin_views.invite_again, name="embargo_invite_again"),
        path(f"{one}revoke/", admin_views.revoke_one, name="embargo_revoke"),
    ]


@hooks.register("register_page_header_buttons")
def invitations_button(
    page: Any, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """Offer the invitations while an approved version waits, and as long as there are any."""
    release = page.specific
    if not isinstance(release, PressReleasePage) or not admin_views.may_invite(user, release):
        return
    now = timezone.now()
    invited = Invitation.objects.filter(page_id=release.pk)
    if standing(release.pk, now=now).is_waiting(now=now) or invited.exists():
        yield Button(
            _("Advance invitations"),
            reverse("embargo_invitations", args=[release.pk]),
            icon_name="mail",
            priority=65,
        )
