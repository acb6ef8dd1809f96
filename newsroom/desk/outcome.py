"""What a decision has led to, in words for the person who has just taken it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from newsroom.approval.models import Receipt
from newsroom.desk.letters import moment
from newsroom.desk.post import name_of, title_of

DECIDED = {"approve": TaskState.STATUS_APPROVED, "reject": TaskState.STATUS_REJECTED}


def outcome(*, page: Any, user: Any, action: str, now: datetime) -> str:
    """Return what `user` has decided about `page` just now and what follows; empty for nothing."""
    step = _last_decision(page)
    if step is None or step.finished_by_id != user.pk or step.status != DECIDED.get(action):
        return ""
    values = {"title": title_of(page)}
    if action == "reject":
        values["name"] = name_of(step.workflow_state.requested_by)
        return _("“%(title)s” is returned to %(name)s.") % values
    if step.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        values["task"] = step.workflow_state.current_task_state.task.name
        return _("“%(title)s” is approved; the next step is: %(task)s.") % values
    receipt = Receipt.objects.filter(revision_id=step.revision_id).first()
    return _of_approval(receipt, values, now) if receipt else ""


def _last_decision(page: Any) -> TaskState | None:
    steps = TaskState.objects.filter(
        workflow_state__base_content_type=get_default_page_content_type(),
        workflow_state__object_id=str(page.pk),
    )
    return steps.exclude(finished_at=None).order_by("-finished_at", "-pk").first()


def _of_approval(receipt: Receipt, values: dict[str, str], now: datetime) -> str:
    if receipt.state == Receipt.State.LIVE:
        return _("“%(title)s” is approved and public.") % values
    if receipt.due_at > now:
        values["time"] = moment(receipt.due_at)
        return _("“%(title)s” is approved; it becomes public on %(time)s.") % values
    return (
        _("“%(title)s” is approved; it becomes public with its original, or the page above it.")
        % values
    )
