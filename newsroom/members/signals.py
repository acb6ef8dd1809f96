"""What follows when a member gets a profile or another name."""

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.signals import page_published

from newsroom.members.models import MemberPage
from newsroom.members.services import found_house


def connect() -> None:
    """Connect the handlers. Called once, when Django starts."""
    post_save.connect(on_profile_created, MemberPage, dispatch_uid="members.found_house")
    page_published.connect(on_profile_published, MemberPage, dispatch_uid="members.rename_house")


def on_profile_created(
    sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Found the house of a new member; let it in to a new language version."""
    if created and not raw:
        found_house(member=instance, now=timezone.now())


def on_profile_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Give the house its member's new name."""
    found_house(member=instance, now=timezone.now())
