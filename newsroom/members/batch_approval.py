"""Leading a whole batch of imported drafts through four eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import WorkflowState, get_default_page_content_type

from cms.pages.gate import RefusedError, forget_refusals
from newsroom.approval.bundles import bundled
from newsroom.members.drafts import Progress, silent
from newsroom.members.models import Batch, BatchItem
from newsroom.members.references import references_once


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an item: approved, or why not."""

    page: Any
    is_approved: bool
    reason: str = ""


def approve_batch(
    *,
    batch: Batch,
    by: Any,
    items: Sequence[BatchItem] | None = None,
    progress: Progress = silent,
) -> list[Decision]:
    """Approve some items of a batch, or all that still wait; return what became of each.

    Each in a transaction of its own, unless the caller has opened one: a request to the admin is
    one transaction, so it takes some items at a time. Each goes through its page's own four-eyes
    task: whoever had a part in an item, or stands outside the task's groups, is refused there, and
    the item waits for somebody else. The authors are told once, at the end.
    """
    decisions = []
    items = list(waiting(batch.items.all())) if items is None else items
    with bundled(name=batch.name, by=by) as bundle:
        bundle.path = reverse("member_batch", args=[batch.pk])
        for done, item in enumerate(items, start=1):
            if decision := _approve(item.page.specific, by):
                decisions.append(decision)
            progress(done, len(items))
    return decisions


def waiting(items: QuerySet[BatchItem], *, newest: int | None = None) -> QuerySet[BatchItem]:
    """Return those of `items` that are under review, in the order of the batch.

    `newest` is the number of the last step of any review when somebody looked: what was submitted
    after that waits until they have looked again.
    """
    reviews = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("page_id"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    if newest is not None:
        reviews = reviews.filter(current_task_state__lte=newest)
    return items.filter(Exists(reviews)).select_related("page").order_by("pk")


def _approve(page: Any, by: Any) -> Decision | None:
    state = page.current_workflow_task_state
    if state is None:
        return None
    try:
        with transaction.atomic(), references_once() as touched:
            state.task.specific.on_action(state, by, "approve")
            touched.append(page)
    except RefusedError as error:
        # This item alone: what the others got stays, also in the admin's transaction.
        forget_refusals()
        return Decision(page, is_approved=False, reason=str(error))
    return Decision(page, is_approved=True)
