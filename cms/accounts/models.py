"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of Wagtail's pictures
    """A person of the alliance who signs in; roles are groups (see accounts.roles)."""

    def __str__(self) -> str:
        """Return how others know the person: the name, or what they sign in with."""
        return self.get_full_name() or self.get_username()
