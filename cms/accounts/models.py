"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of Wagtail's pictures
    """A person of the alliance who signs in; roles are groups (see accounts.roles)."""
