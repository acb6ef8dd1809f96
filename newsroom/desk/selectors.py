"""What waits for whom. Reads, each one query whatever their number of lines."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from wagtail.models import (
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permissions import policy_registry

from newsroom.approval.models import FourEyesTask, Notice, Receipt
from newsroom.approval.rules import WRITING
from newsroom.approval.selectors import emergencies

RECENT = timedelta(days=14)
_BEFORE_ALL = datetime(1, 1, 2, tzinfo=UTC)
_ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
_WAITING = (Receipt.State.APPROVED, Receipt.State.PARKED)


def editable(user: Any) -> QuerySet[Page]:
    """Return the pages `user` may edit in any state, by the rights on the tree."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")


def waiting_for(user: Any) -> QuerySet[TaskState]:
    """Return the steps of reviews that `user` may decide, the most urgent first.

    newsroom.approval.rules.objection, asked of all pages at once: for lists only, whoever acts is
    asked by the rule itself. A test holds the two together. Each step has `page_id`.
    """
    if not user.is_active:
        return TaskState.objects.none()
    live_at = Page.objects.filter(pk=OuterRef("page_id")).values("live_revision__created_at")[:1]
    steps = _steps().filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task_id__in=FourEyesTask.objects.filter(groups__user=user).values("pk"),
    )
    steps = steps.exclude(workflow_state__requested_by=user).annotate(
        public_since=Coalesce(Subquery(live_at), Value(_BEFORE_ALL), output_field=DateTimeField())
    )
    revisions = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=OuterRef("workflow_state__object_id"),
        user=user,
        created_at__gt=OuterRef("public_since"),
    )
    log = PageLogEntry.objects.filter(
        page_id=OuterRef("page_id"),
        action__in=WRITING,
        user=user,
        timestamp__gt=OuterRef("public_since"),
    )
    earlier = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    ).exclude(task=OuterRef("task"))
    return steps.exclude(Exists(revisions) | Exists(log) | Exists(earlier)).order_by(
        "desk_review__due_at", "started_at"
    )


def notices_for(user: Any) -> QuerySet[Notice]:
    """Return the public notices that `user` may decide about, the longest waiting first.

    What newsroom.approval.views asks of one page (DecideNoticeView), for lists only.
    """
    if not user.has_perm("approval.retract"):
        return Notice.objects.none()
    proposed = Notice.objects.filter(state=Notice.State.PROPOSED, page_id__in=editable(user))
    others = proposed.exclude(proposed_by=user).select_related("page__locale", "proposed_by")
    return others.order_by("proposed_at", "pk")


def under_review(user: Any) -> QuerySet[TaskState]:
    """Return the steps in which the texts of `user` are, the longest waiting first."""
    steps = _steps().filter(status=TaskState.STATUS_IN_PROGRESS, page_id__in=editable(user))
    return steps.filter(_mine(user)).order_by("started_at")


def returned_to(user: Any) -> QuerySet[TaskState]:
    """Return the steps that sent a text of `user` back, the newest first."""
    steps = _steps().filter(
        page_id__in=editable(user),
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        pk__in=WorkflowState.objects.values("current_task_state"),
    )
    return steps.filter(_mine(user)).order_by("-finished_at")


def drafts_of(user: Any) -> QuerySet[Page]:
    """Return what `user` is writing and has not submitted, the newest first."""
    reviews = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=_ACTIVE,
    )
    receipts = Receipt.objects.filter(revision=OuterRef("latest_revision"), state__in=_WAITING)
    return (
        editable(user)
        .filter(Q(owner=user) | Q(latest_revision__user=user), has_unpublished_changes=True)
        .exclude(Exists(reviews) | Exists(receipts))
        .select_related("locale")
        .order_by("-latest_revision_created_at", "-pk")
    )


def scheduled(user: Any) -> QuerySet[Receipt]:
    """Return the approved versions that wait for their hour, on pages `user` may edit."""
    return _receipts(user).filter(state=Receipt.State.APPROVED).order_by("due_at", "pk")


def parked(user: Any) -> QuerySet[Receipt]:
    """Return the publications that were stopped after errors, on pages `user` may edit."""
    return _receipts(user).filter(state=Receipt.State.PARKED).order_by("due_at", "pk")


def alone(user: Any, *, now: datetime) -> QuerySet[Receipt]:
    """Return the emergency releases without a second person, on pages `user` may edit."""
    waiting = emergencies(now=now).filter(page_id__in=editable(user))
    return waiting.select_related("page__locale", "submitted_by")


def recently_live(user: Any, *, now: datetime) -> QuerySet[Receipt]:
    """Return what became public in the last fourteen days, on pages `user` may edit."""
    receipts = _receipts(user).filter(state=Receipt.State.LIVE, published_at__gt=now - RECENT)
    return receipts.exclude(submitted_by=None).order_by("-published_at", "-pk")


def _steps() -> QuerySet[TaskState]:
    pages = get_default_page_content_type()
    return (
        TaskState.objects.filter(workflow_state__base_content_type=pages)
        .annotate(page_id=Cast("workflow_state__object_id", BigIntegerField()))
        .select_related("desk_review__assigned_to", "workflow_state__requested_by", "finished_by")
    )


def _mine(user: Any) -> Q:
    pages = Page.objects.filter(pk=OuterRef("page_id"))
    written = pages.filter(Q(owner=user) | Q(latest_revision__user=user))
    return Q(workflow_state__requested_by=user) | Q(Exists(written))


def _receipts(user: Any) -> QuerySet[Receipt]:
    return Receipt.objects.filter(page_id__in=editable(user)).select_related(
        "page__locale", "source"
    )
