"""State changes of the desk: opening a review, its due date, handing it over, deputies."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from newsroom.approval import audit
from newsroom.approval.models import AuditEntry
from newsroom.desk import letters, people
from newsroom.desk.models import Deputy, Review
from newsroom.desk.post import edit_link, name_of, post, title_of

LONGEST = timedelta(days=365)  # ahead of now a review can be due, or a deputy stand in


@transaction.atomic
def open_review(*, task_state: Any, go_live_at: datetime | None, now: datetime) -> Review:
    """Begin the desk's side of a step of a review, due in time for the hour of publication."""
    due_at = now + timedelta(hours=settings.REVIEW_DUE_HOURS)
    if go_live_at is not None and now < go_live_at < due_at:
        due_at = go_live_at
    review, _is_new = Review.objects.get_or_create(
        task_state_id=task_state.pk, defaults={"due_at": due_at}
    )
    return review


@transaction.atomic
def set_due(*, review: Review, due_at: datetime, user: Any, now: datetime) -> Review:
    """Change when a review is due; everybody is reminded once more when that has passed.

    Raises PermissionDenied for anybody outside the groups of the task, ValidationError for a
    moment that is over or more than a year away.
    """
    review = _open(review, user)
    if not now < due_at <= now + LONGEST:
        raise ValidationError({"due_at": _("Choose a moment within the coming year.")})
    review.due_at, review.reminded_at = due_at, None
    review.save(update_fields=["due_at", "reminded_at"])
    note = f"{due_at:%Y-%m-%dT%H:%M:%SZ}"
    _record(AuditEntry.Action.DUE_CHANGED, review, user=user, now=now, note=note)
    return review


@transaction.atomic
def assign(*, review: Review, to: Any | None, user: Any, now: datetime) -> Review:
    """Hand a review to somebody who can decide about it, and tell them; None: to nobody.

    Others may still decide. Raises PermissionDenied for anybody outside the groups of the task,
    ValidationError when `to` could not decide.
    """
    review = _open(review, user)
    page, able = _page(review), []
    if to is not None:
        able = people.deciders(task=review.task_state.task.specific, page=page)
        if to not in able:
            raise ValidationError({"assigned_to": _("This person cannot decide about the text.")})
    review.assigned_to, review.assigned_at = to, now if to else None
    review.save(update_fields=["assigned_to", "assigned_at"])
    note = f"to {to.pk}" if to else "to nobody"
    _record(AuditEntry.Action.ASSIGNED, review, user=user, now=now, note=note)
    told = people.with_deputies([to] if to else [], now=now, may=lambda deputy: deputy in able)
    post(
        letter=letters.assigned(
            title=title_of(page),
            by=name_of(user),
            to=name_of(to),
            due_at=review.due_at,
            link=edit_link(page),
        ),
        to=[account for account in told if account != user],
        occasion=f"assigned-{review.pk}-{int(now.timestamp())}",
        kind="submitted",
        now=now,
    )
    return review


@transaction.atomic
def remind(*, review: Review, now: datetime) -> bool:
    """Remind of a review that is overdue: the one who has it, else everybody who can decide.

    Returns False when somebody else was faster, or it is not under review any more.
    """
    late = Review.objects.filter(pk=review.pk, reminded_at=None, due_at__lte=now)
    if not late.update(reminded_at=now):
        return False
    review = Review.objects.select_related("task_state", "assigned_to").get(pk=review.pk)
    if review.task_state.status != review.task_state.STATUS_IN_PROGRESS:
        return False
    page = _page(review)
    able = people.deciders(task=review.task_state.task.specific, page=page)
    told = [account for account in able if account == review.assigned_to] or able
    post(
        letter=letters.overdue(title=title_of(page), due_at=review.due_at, link=edit_link(page)),
        to=people.with_deputies(told, now=now, may=lambda deputy: deputy in able),
        occasion=f"overdue-{review.pk}-{int(review.due_at.timestamp())}",
        kind="submitted",
        now=now,
    )
    return True


@transaction.atomic
def name_deputy(
    *, user: Any, deputy: Any | None, from_date: date | None, until_date: date | None, now: datetime
) -> Deputy | None:
    """Store who stands in for `user` on which days (in Berlin, both included); None: nobody.

    Raises ValidationError as check_deputy does.
    """
    check_deputy(user=user, deputy=deputy, from_date=from_date, until_date=until_date, now=now)
    if deputy is None or from_date is None or until_date is None:
        Deputy.objects.filter(user=user).delete()
        return None
    stored, _is_new = Deputy.objects.update_or_create(
        user=user,
        defaults={"deputy": deputy, "from_date": from_date, "until_date": until_date},
    )
    return stored


def check_deputy(
    *, user: Any, deputy: Any | None, from_date: date | None, until_date: date | None, now: datetime
) -> None:
    """Raise ValidationError, naming the field, unless `deputy` can stand in on these days."""
    if deputy is None:
        return
    if not people.possible_deputies(user).filter(pk=deputy.pk).exists():
        raise ValidationError({"deputy": _("Choose somebody who works in one of your groups.")})
    if from_date is None or until_date is None:
        missing = "from_date" if from_date is None else "until_date"
        raise ValidationError({missing: _("Say from which day until which day.")})
    today = people.berlin_day(now)
    if until_date < max(from_date, today) or until_date > today + LONGEST:
        raise ValidationError(
            {"until_date": _("Choose a day that is not before the first one, within a year.")}
        )


def may_arrange(*, review: Review, user: Any) -> bool:
    """Return whether `user` may change due date and person: a member of the task's groups.

    Also with a part in the text: whoever must not decide may still find somebody who does.
    """
    step = review.task_state
    return bool(
        step.status == step.STATUS_IN_PROGRESS
        and people.may_enter(user)
        and step.task.specific.groups.filter(user=user).exists()
    )


def _open(review: Review, user: Any) -> Review:
    """Return the review, locked. Raises PermissionDenied unless `user` may arrange it now."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if not may_arrange(review=review, user=user):
        raise PermissionDenied(_("Only members of the groups of this task decide about it."))
    return review


def _record(
    action: AuditEntry.Action, review: Review, *, user: Any, now: datetime, note: str
) -> None:
    audit.record(
        action=action,
        now=now,
        page_id=_page(review).pk,
        user=user,
        revision_id=review.task_state.revision_id,
        note=note,
    )


def _page(review: Review) -> Any:
    return review.task_state.workflow_state.content_object.specific
