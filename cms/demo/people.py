"""The people of the demonstration. None of them exists; their passwords are no secret."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import EDITOR, PRESS_OFFICER, TRANSLATOR, Role
from newsroom.members.models import MemberPage
from newsroom.members.services import found_house

PASSWORD = "gesamtschau"  # noqa: S105 - printed at every start of the demonstration


@dataclass(frozen=True, slots=True)
class Person:
    """A demo account and what it is for."""

    username: str
    roles: tuple[Role, ...]
    task: str
    is_superuser: bool = False


PEOPLE = (
    Person("presse", (PRESS_OFFICER,), "schreibt Pressemitteilungen und reicht sie ein"),
    Person("redaktion", (EDITOR,), "gibt frei, was andere geschrieben haben"),
    Person("redaktion2", (EDITOR,), "die zweite Person der Redaktion"),
    Person("uebersetzung", (TRANSLATOR,), "übersetzt in acht Sprachen"),
    Person("mitglied", (), "pflegt Profil und Angebote eines Mitglieds"),
    Person("admin", (), "verwaltet Konten; veröffentlicht auch nicht allein", is_superuser=True),
)


def create_people() -> dict[str, User]:
    """Create the accounts that are missing; return all by user name."""
    users = {}
    for person in PEOPLE:
        user, is_new = User.objects.get_or_create(
            username=person.username,
            defaults={
                "email": f"{person.username}@example.org",
                "first_name": person.username.capitalize(),
                "last_name": "(Demo)",
                "is_superuser": person.is_superuser,
                "is_staff": person.is_superuser,
            },
        )
        if is_new:
            user.set_password(PASSWORD)
            user.save()
        user.groups.add(*Group.objects.filter(name__in=[role.group for role in person.roles]))
        users[person.username] = user
    return users


def give_house(user: User, member: MemberPage, *, now: datetime) -> None:
    """Let `user` work in the house of one member: its profile, offers and releases."""
    user.groups.add(found_house(member=member, now=now).group)
