"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person of the alliance who signs in; roles are groups (see accounts.roles)."""
