"""The newsroom's gate: what cms.pages.gate asks for, answered by the services."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.gate import NotApprovedError
from newsroom.approval import services
from newsroom.approval.fingerprint import fingerprint, is_same
from newsroom.approval.models import Receipt

PAST = (Receipt.State.SUPERSEDED, Receipt.State.WITHDRAWN)


class FourEyesGate:
    """Lets through what a second person has approved."""

    def finish_workflow(self, *, workflow_state: Any, user: Any) -> None:
        """Write the receipt at the end of a workflow, and publish when the hour has come."""
        services.approve(workflow_state=workflow_state, approved_by=user, now=timezone.now())

    def publish(self, *, page: Any, revision: Any, user: Any) -> None:
        """Publish `revision` if its receipt waits. Raises NotApprovedError without a receipt."""
        receipt = Receipt.objects.filter(revision=revision, state=Receipt.State.APPROVED).first()
        if receipt is None:
            raise NotApprovedError(
                _("This version of “%(title)s” has not been approved by a second person.")
                % {"title": page.title}
            )
        services.publish(receipt=receipt, user=user, now=timezone.now())

    def unpublish(self, *, page: Any, user: Any, is_expired: bool) -> None:
        """Take the page offline, by its end or because somebody decided so."""
        if is_expired:
            services.expire(page=page, now=timezone.now())
        else:
            services.retract(page=page, user=user, reason="", now=timezone.now())

    def note_writing(self, *, page: Any, revision: Any, user: Any) -> None:
        """Drop the approval of a version that waits when it is not what stands there now."""
        services.drop_approval(page=page, user=user, keep=revision, now=timezone.now())

    def is_unwritten(self, page: Any) -> bool:
        """Return whether the page says what its newest revision says, whatever the margin says.

        What was taken back is written anew even where it says the same.
        """
        newest = page.get_latest_revision()
        if newest is None or Receipt.objects.filter(revision=newest, state__in=PAST).exists():
            return False
        return is_same(newest.content, page.serializable_data())

    def is_live_allowed(self, page: Any) -> bool:
        """Return whether what would be stored as live is exactly what was approved."""
        receipt = Receipt.objects.filter(
            revision_id=page.live_revision_id, page_id=page.pk, state=Receipt.State.LIVE
        ).first()
        return receipt is not None and receipt.fingerprint == fingerprint(page.serializable_data())

    def is_withdrawn(self, page: Any) -> bool:
        """Return whether the version of the page that was public last has been taken back.

        What never was public leaves no trace.
        """
        return Page.objects.filter(_withdrawn(), pk=page.pk).exists()

    def answering(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Return those of `pages` at whose address something stands: live, or taken back."""
        return pages.filter(Q(live=True) | _withdrawn())

    def is_bound(self, page: Any) -> bool:
        """Return whether the page, or one below it, is public or waits for its hour."""
        below = Page.objects.descendant_of(page, inclusive=True)
        waiting = Receipt.objects.filter(page__in=below, state=Receipt.State.APPROVED)
        return below.filter(live=True).exists() or waiting.exists()


def _withdrawn() -> Q:
    """Return what holds for a page whose version that was public last has been taken back."""
    published = Receipt.objects.filter(page=OuterRef("pk")).exclude(published_at=None)
    last = published.order_by("-published_at", "-pk").values("state")[:1]
    return Q(Exact(Subquery(last), Receipt.State.WITHDRAWN))
