"""Reads of boilerplates and press contacts."""

from typing import Any

from django.db.models import QuerySet

from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of
from newsroom.press.models import Version


def of_own_houses(model: type[Version], user: Any) -> QuerySet:
    """Return the versions that belong to a house in which `user` works, older ones included."""
    houses = houses_of(user, MemberPage.objects.all())
    return model._default_manager.filter(member__in=houses.values("pk"))


def newest_of_own_houses(model: type[Version], user: Any) -> QuerySet:
    """Return the newest versions of the houses in which `user` works, retired ones included."""
    return of_own_houses(model, user).filter(replaced_by=None).select_related("member__locale")


def choosable(model: type[Version], user: Any) -> QuerySet:
    """Return what `user` may put on a release: the newest versions still in use."""
    return newest_of_own_houses(model, user).filter(is_retired=False)
