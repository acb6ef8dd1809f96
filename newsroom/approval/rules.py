"""Who may decide about a text, and when a text is ready for a decision."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, TaskState

from cms.pages.gate import RefusedError
from cms.pages.turns import take_turns
from newsroom.approval.fingerprint import changed_references, digests, fingerprint

WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy_for_translation")


class SamePersonError(RefusedError):
    """Somebody would decide about a text in which they had a part, or without the role."""


class NotReadyError(RefusedError):
    """The text misses something without which it is not reviewed, or there is nothing to review.

    `fields` are the names of those in which something is missing.
    """

    def __init__(self, reason: str, *, fields: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.fields = tuple(fields)


class OutdatedError(RefusedError):
    """Somebody would decide about something else than what they have read."""

    def __init__(self) -> None:
        super().__init__(_("Something else has taken its place meanwhile. Read it, then decide."))


def writers(page: Any) -> set[int]:
    """Return the ids of all accounts that wrote on `page` since its live version.

    Revisions alone would not do: an autosave may overwrite one. So the page's log counts too.
    """
    revisions = page.revisions.all()
    log = PageLogEntry.objects.filter(page_id=page.pk, action__in=WRITING)
    live = page.live_revision
    if live is not None:
        revisions = revisions.filter(created_at__gt=live.created_at)
        log = log.filter(timestamp__gt=live.created_at)
    ids = {*revisions.values_list("user_id", flat=True), *log.values_list("user_id", flat=True)}
    return ids - {None}


def objection(*, task: Any, page: Any, user: Any) -> str:
    """Return why `user` must not decide about `page` in this task; empty when they may."""
    if not user.is_active or not task.groups.filter(user=user).exists():
        return _("Only members of the groups of this task decide about it.")
    if user.pk in writers(page):
        return _("You had a part in this text since its last public version.")
    state = page.current_workflow_state
    if state is None:
        return _("The page is not under review.")
    if state.requested_by_id == user.pk:
        return _("You submitted this text yourself.")
    earlier = state.task_states.filter(status=TaskState.STATUS_APPROVED, finished_by=user)
    if earlier.exclude(task_id=task.pk).exists():
        return _("You approved an earlier step of this review.")
    return ""


def may_decide(*, user: Any, page: Any) -> bool:
    """Return whether `user` belongs to those who take the last decision about the page's texts."""
    workflow = page.specific.get_workflow()
    tasks = list(workflow.tasks) if workflow else []
    return bool(user.is_active and tasks and tasks[-1].specific.groups.filter(user=user).exists())


def holds(right: str, *, user: Any, page: Any) -> bool:
    """Return whether `user` has a right of this room ("retract", "schedule") where `page` stands.

    That is: the permission of that name, and the right to write on the page.
    """
    if user is None or not user.has_perm(f"approval.{right}"):
        return False
    return bool(page.specific.permissions_for_user(user).can_edit())


def assert_holds(right: str, *, user: Any, page: Any) -> None:
    """Raise RefusedError unless `user` has a right of this room where `page` stands."""
    if not holds(right, user=user, page=page):
        raise RefusedError(_("You do not have the right to do this here."))


def assert_may_decide(*, task: Any, page: Any, user: Any, task_state: Any) -> None:
    """Raise SamePersonError unless `user` may decide about what was submitted, unchanged.

    In the transaction of the decision: nobody else writes on the page, or decides, until its end.
    """
    # The caller may hold what was read before others wrote on it, or decided.
    take_turns([page.pk])
    page = Page.objects.get(pk=page.pk)
    task_state.refresh_from_db()
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise SamePersonError(_("The page is not under review."))
    if reason := objection(task=task, page=page, user=user):
        raise SamePersonError(reason)
    if task_state.revision_id != page.latest_revision_id or not is_unchanged(task_state):
        raise SamePersonError(_("The text was changed after it had been submitted."))


def is_unchanged(task_state: Any) -> bool:
    """Return whether the revision still is what was submitted; a revision can be overwritten.

    What it shows besides its own text counts too: a picture could be exchanged under the review.
    The text names what that is, so one that named nothing and is unchanged shows nothing now.
    """
    if task_state.fingerprint != fingerprint(task_state.revision.content):
        return False
    if not task_state.references:
        return True
    shown = digests(task_state.revision.as_object())
    return not changed_references(task_state.references, shown)


def assert_new(page: Any) -> None:
    """Raise NotReadyError when nothing was written since the version that is public."""
    if page.live and page.live_revision_id == page.latest_revision_id:
        raise NotReadyError(_("Nothing has been changed since the public version."))


def assert_complete(version: Any) -> None:
    """Raise NotReadyError naming each field in which `version` misses something."""
    if problems := version.preflight():
        reason = " ".join(f"{version.label_of(name)}: {remedy}" for name, remedy in problems)
        raise NotReadyError(reason, fields=[name for name, _remedy in problems])
