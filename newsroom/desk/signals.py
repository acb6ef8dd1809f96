"""What follows when texts are submitted and decided about: letters.

All of it happens inside the transaction of the step; a letter of a step that is undone is never
sent.
"""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.admin import signal_handlers as stock
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from newsroom.approval.bundles import open_bundle
from newsroom.approval.models import FourEyesTask, Receipt
from newsroom.approval.steps import (
    bundle_closed,
    emergency_lapsed,
    emergency_released,
    notice_proposed,
    publication_parked,
    versions_published,
)
from newsroom.desk import announcing, letters, people
from newsroom.desk.bundles import tell_of_bundle
from newsroom.desk.post import edit_link, name_of, name_of_approval, post, title_of
from newsroom.desk.services import open_review


def connect() -> None:
    """Connect the handlers in place of Wagtail's. Called once, when Django starts."""
    _silence_wagtail()
    task_submitted.connect(tell_deciders, dispatch_uid="desk.tell_deciders")
    workflow_rejected.connect(tell_of_return, dispatch_uid="desk.tell_of_return")
    workflow_approved.connect(tell_of_approval, dispatch_uid="desk.tell_of_approval")
    versions_published.connect(note_publications, dispatch_uid="desk.note_publications")
    publication_parked.connect(tell_of_parking, dispatch_uid="desk.tell_of_parking")
    emergency_released.connect(tell_of_emergency, dispatch_uid="desk.tell_of_emergency")
    notice_proposed.connect(tell_of_notice, dispatch_uid="desk.tell_of_notice")
    emergency_lapsed.connect(tell_of_lapse, dispatch_uid="desk.tell_of_lapse")
    bundle_closed.connect(tell_of_bundle, dispatch_uid="desk.tell_of_bundle")


def _silence_wagtail() -> None:
    """Switch off Wagtail's mails about reviews: they ask no rule about who may decide."""
    for signal, uid, sender in (
        (task_submitted, "group_approval_task_submitted_email_notification", TaskState),
        (workflow_submitted, "workflow_state_submitted_email_notification", WorkflowState),
        (workflow_rejected, "workflow_state_rejected_email_notification", WorkflowState),
        (workflow_approved, "workflow_state_approved_email_notification", WorkflowState),
    ):
        if not signal.disconnect(sender=sender, dispatch_uid=uid):
            raise RuntimeError(
                f"{stock.__name__} changed: people would get each mail twice ({uid})."
            )


def tell_deciders(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Open the desk's side of a step, and tell those who can decide."""
    task = instance.task.specific
    if not isinstance(task, FourEyesTask):
        return
    now = timezone.now()
    go_live_at = parse_datetime(instance.revision.content.get("go_live_at") or "")
    review = open_review(task_state=instance, go_live_at=go_live_at, now=now)
    if (bundle := open_bundle()) is not None:
        bundle.submitted.append(instance.pk)
        return
    page = instance.workflow_state.content_object.specific
    post(
        letter=letters.submitted(
            title=title_of(page), by=name_of(user), due_at=review.due_at, link=edit_link(page)
        ),
        to=people.deciders(task=task, page=page),
        occasion=f"submitted-{instance.pk}",
        kind="submitted",
        now=now,
    )


def tell_of_return(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Tell the authors that, by whom and why their text was returned."""
    now = timezone.now()
    page = instance.content_object.specific
    step = instance.current_task_state
    authors = people.authors_with_deputies(
        page=page, revision=step.revision, submitted_by=instance.requested_by, now=now
    )
    post(
        letter=letters.returned(
            title=title_of(page), by=name_of(user), comment=step.comment, link=edit_link(page)
        ),
        to=[account for account in authors if account != user],
        occasion=f"returned-{step.pk}",
        kind="rejected",
        now=now,
    )


def tell_of_approval(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Tell the authors that their text was approved and waits; if it is public, they know."""
    now = timezone.now()
    receipt = Receipt.objects.filter(
        revision_id=instance.current_task_state.revision_id, state=Receipt.State.APPROVED
    ).first()
    if receipt is None:
        return
    if (bundle := open_bundle()) is not None:
        bundle.approved.append(receipt.pk)
        return
    page = instance.content_object.specific
    post(
        letter=letters.approved(
            title=title_of(page),
            by=name_of(user),
            due_at=receipt.due_at if receipt.due_at > now else None,
            link=edit_link(page),
        ),
        to=people.authors_of(receipt, now=now),
        occasion=f"approved-{name_of_approval(receipt)}",
        kind="approved",
        now=now,
    )


def note_publications(sender: Any, receipts: list[Receipt], **kwargs: Any) -> None:
    """Note that the authors have to be told that their texts are public."""
    if (bundle := open_bundle()) is not None:
        bundle.approved += [receipt.pk for receipt in receipts]
        return
    announcing.note(receipts=receipts, now=timezone.now())


def tell_of_parking(sender: Any, receipt: Receipt, **kwargs: Any) -> None:
    """Tell editors and authors that a publication was stopped."""
    now = timezone.now()
    receipt = Receipt.objects.get(pk=receipt.pk)  # the sender's knows no error yet
    page = receipt.page.specific
    post(
        letter=letters.parked(title=title_of(page), error=receipt.error, link=edit_link(page)),
        to=[*people.editors(page), *people.authors_of(receipt, now=now)],
        occasion=f"parked-{receipt.pk}-{now.timestamp():.3f}",  # again after each new try
        kind="",
        now=now,
    )


def tell_of_emergency(sender: Any, receipt: Receipt, user: Any, reason: str, **kwargs: Any) -> None:
    """Tell all editors that somebody publishes alone."""
    if receipt.countersign_until is None:
        return
    page = receipt.page.specific
    post(
        letter=letters.emergency(
            title=title_of(page),
            by=name_of(user),
            reason=reason,
            until=receipt.countersign_until,
            link=edit_link(page),
        ),
        to=people.editors(page),
        occasion=f"emergency-{name_of_approval(receipt)}",
        kind="",
        now=timezone.now(),
    )


def tell_of_lapse(sender: Any, receipt: Receipt, **kwargs: Any) -> None:
    """Tell editors and authors that an emergency release went offline."""
    now = timezone.now()
    page = receipt.page.specific
    post(
        letter=letters.lapsed(title=title_of(page), link=edit_link(page)),
        to=[*people.editors(page), *people.authors_of(receipt, now=now)],
        occasion=f"lapsed-{name_of_approval(receipt)}",
        kind="",
        now=now,
    )


def tell_of_notice(sender: Any, notice: Any, **kwargs: Any) -> None:
    """Tell the other editors that a public notice waits for one of them."""
    page = notice.page.specific
    post(
        letter=letters.notice(
            title=title_of(page), by=name_of(notice.proposed_by), link=edit_link(page)
        ),
        to=[user for user in people.editors(page) if user.pk != notice.proposed_by_id],
        occasion=f"notice-{notice.pk}",
        kind="submitted",
        now=timezone.now(),
    )
