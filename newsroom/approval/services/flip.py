"""Making a page public: all at once, or in a moment what was laid ready in the minute before."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, published

from cms.pages.gate import NotApprovedError, gate
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import Receipt


@transaction.atomic
def lay_ready(*, receipt: Receipt, now: datetime) -> bool:
    """Store the approved text in the rows of a page that is not public; return whether it is.

    Nobody gets to see more for it: the page stays offline. A page with a public version cannot be
    prepared so, its rows are that version.
    """
    page = Page.objects.select_for_update().get(pk=receipt.page_id)
    receipt = Receipt.objects.select_related("revision").get(pk=receipt.pk)
    if page.live or receipt.state != Receipt.State.APPROVED:
        return False
    version = receipt.revision.as_object()
    version.live = False
    version.full_clean()
    version.save(clean=False)
    Receipt.objects.filter(pk=receipt.pk).update(ready_at=now)
    return True


def flip(*, receipt: Receipt, user: Any, now: datetime) -> Any:
    """Make an approved version the public one, in the caller's transaction; return the page."""
    page = Page.objects.get(pk=receipt.page_id).specific
    if page.live or not (receipt.ready_at or _lies_ready(page, receipt)):
        action = PublishPageRevisionAction(receipt.revision, user=user)
        action.execute(skip_permission_checks=True)
        return action.object
    return _flip_ready(page, receipt, user, now)


def _lies_ready(page: Any, receipt: Receipt) -> bool:
    """Return whether the rows say what was approved: a draft that was written in one go."""
    begins_at = parse_datetime(receipt.revision.content.get("go_live_at") or "")
    return page.go_live_at == begins_at and (
        fingerprint(page.serializable_data()) == receipt.fingerprint
    )


def _flip_ready(page: Any, receipt: Receipt, user: Any, now: datetime) -> Any:
    """Do what Wagtail's action does, without writing and indexing again what lies ready."""
    flipped = {
        "live": True,
        "live_revision": receipt.revision,
        "expired": False,
        "has_unpublished_changes": receipt.revision_id != page.latest_revision_id,
        "first_published_at": page.first_published_at or now,
        "last_published_at": now,
    }
    for name, value in flipped.items():
        setattr(page, name, value)
    if not gate().is_live_allowed(page):
        raise NotApprovedError(
            _("This version of “%(title)s” has not been approved by a second person.")
            % {"title": page.title}
        )
    Page.objects.filter(pk=page.pk, live=False).update(**flipped)
    page.revisions.update(approved_go_live_at=None)
    for signal in (page_published, published):
        signal.send(sender=type(page), instance=page, revision=receipt.revision)
    log(
        instance=page,
        action="wagtail.publish",
        user=user,
        revision=receipt.revision,
        content_changed=True,
    )
    return page
