"""The directory on the pages of other rooms."""

from typing import Any

from django.utils import timezone

from cms.pages.sections import register_section
from newsroom.approval.selectors import public
from newsroom.members.models import MemberIndexPage


def on_home(page: Any) -> dict[str, Any]:
    """Return where all members stand, for the home page."""
    directory = public(MemberIndexPage.objects.child_of(page), now=timezone.now()).first()
    return {"members_url": directory and directory.url}


def register() -> None:
    """Show the directory on other pages. Called once, when Django starts."""
    register_section("home", on_home)
