"""Who is concerned by a page, and who stands in for them. Reads."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import PageLogEntry

from newsroom.approval import rules
from newsroom.approval.models import FourEyesTask, Receipt

_NAME = ("last_name", "first_name", "username")


def deciders(*, task: Any, page: Any) -> list[Any]:
    """Return the accounts that may decide about `page` in `task`, by name.

    Asks newsroom.approval.rules about each member of the task's groups.
    """
    members = accounts().filter(groups__in=task.groups.all()).distinct().order_by(*_NAME)
    return [
        user
        for user in members
        if may_enter(user) and not rules.objection(task=task, page=page, user=user)
    ]


def editors(page: Any) -> list[Any]:
    """Return the accounts that decide about texts at this place and may open this one."""
    workflow = page.get_workflow()
    if workflow is None:
        return []
    groups = [group.pk for task in workflow.tasks for group in _groups(task)]
    members = accounts().filter(groups__in=groups).distinct().order_by(*_NAME)
    return [user for user in members if may_open(user, page)]


def authors(*, page: Any, revision: Any, submitted_by: Any) -> list[Any]:
    """Return who wrote or submitted this version and may still open the page.

    Those who wrote since the version that was published before it.
    """
    before = (
        Receipt.objects.filter(page_id=page.pk)
        .exclude(revision_id=revision.pk)
        .exclude(published_at=None)
        .order_by("-published_at")
        .values_list("revision__created_at", flat=True)
        .first()
    )
    revisions = page.revisions.filter(created_at__lte=revision.created_at)
    log = PageLogEntry.objects.filter(page_id=page.pk, action__in=rules.WRITING)
    if before is not None:
        revisions, log = revisions.filter(created_at__gt=before), log.filter(timestamp__gt=before)
    ids = {*revisions.values_list("user_id", flat=True), *log.values_list("user_id", flat=True)}
    if submitted_by is not None:
        ids.add(submitted_by.pk)
    users = accounts().filter(pk__in=ids - {None}).order_by(*_NAME)
    return [user for user in users if may_open(user, page)]


def authors_with_deputies(
    *, page: Any, revision: Any, submitted_by: Any, now: datetime
) -> list[Any]:
    """Return the authors of a version, and who stands in for them and may open the page."""
    return with_deputies(
        authors(page=page, revision=revision, submitted_by=submitted_by),
        now=now,
        may=lambda deputy: may_open(deputy, page),
    )


def authors_of(receipt: Receipt, *, now: datetime) -> list[Any]:
    """Return the same for an approved version."""
    return authors_with_deputies(
        page=receipt.page.specific,
        revision=receipt.revision,
        submitted_by=receipt.submitted_by,
        now=now,
    )


def may_enter(user: Any) -> bool:
    """Return whether `user` can open the admin at all."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def may_open(user: Any, page: Any) -> bool:
    """Return whether `user` can open the page in the admin."""
    return bool(may_enter(user) and page.permissions_for_user(user).can_edit())


def is_editor(user: Any) -> bool:
    """Return whether `user` decides about anybody's texts."""
    return bool(FourEyesTask.objects.filter(active=True, groups__user=user).exists())


def with_deputies(users: Iterable[Any], *, now: datetime, may: Callable[[Any], bool]) -> list[Any]:
    """Return the users and those who stand in for them today, each once.

    A deputy comes along only where `may(deputy)`: standing in gives no right.
    """
    users = list(users)
    day = berlin_day(now)
    deputies = accounts().filter(
        stands_in_for__user__in=users,
        stands_in_for__from_date__lte=day,
        stands_in_for__until_date__gte=day,
    )
    known = {user.pk: user for user in users}
    for deputy in deputies.distinct():
        if deputy.pk not in known and may(deputy):
            known[deputy.pk] = deputy
    return list(known.values())


def possible_deputies(user: Any) -> QuerySet:
    """Return the accounts that `user` may name as deputy: those who share a group with them."""
    shared = Q(groups__in=user.groups.all())
    return accounts().filter(shared).exclude(pk=user.pk).distinct().order_by(*_NAME)


def berlin_day(now: datetime) -> date:
    """Return the day it is in the time of the alliance."""
    return timezone.localtime(now, timezone.get_default_timezone()).date()


def accounts() -> QuerySet:
    """Return the accounts that are in use, with their settings."""
    return get_user_model().objects.filter(is_active=True).select_related("wagtail_userprofile")


def _groups(task: Any) -> Iterable[Any]:
    groups = getattr(task.specific, "groups", None)
    return groups.all() if groups is not None else ()
