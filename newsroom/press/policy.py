"""Who may see and change boilerplates and press contacts: those who work in the member's house."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of
from newsroom.press.models import Boilerplate, PressContact
from newsroom.press.selectors import of_own_houses

ACTIONS = frozenset({"add", "change", "view", "choose"})  # nothing is ever deleted


class HousePolicy(BasePermissionPolicy):
    """Answers the admin's questions; it asks it for every listing, form and button."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether `user` may do this to anything at all."""
        return bool(
            action in ACTIONS
            and user.is_active
            and houses_of(user, MemberPage.objects.all()).exists()
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return whether `user` may do this to `instance`."""
        return bool(
            action in ACTIONS
            and user.is_active
            and of_own_houses(self.model, user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        """Return what `user` may do any of this to."""
        if not (ACTIONS & set(actions) and user.is_active):
            return self.model._default_manager.none()
        return of_own_houses(self.model, user)

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        """Return the accounts that may do any of this to something."""
        users = get_user_model().objects.filter(is_active=True)
        ids = [
            user.pk
            for user in users
            if any(self.user_has_permission(user, each) for each in actions)
        ]
        return users.filter(pk__in=ids)


def register() -> None:
    """Let the admin ask. Called once, when Django starts."""
    for model in (Boilerplate, PressContact):
        register_permission_policy(model, HousePolicy(model))
