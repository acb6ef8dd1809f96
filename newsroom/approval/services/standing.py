"""Whether what is about to become public is what was approved."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cms.pages.gate import NotApprovedError
from newsroom.approval.fingerprint import changed_fields, fingerprint
from newsroom.approval.models import Receipt


def assert_as_approved(receipt: Receipt, *, page: Any, parent_id: int | None) -> None:
    """Raise NotApprovedError when text or place are not what was approved, saying what differs.

    `page` is the stored page, which stands below the page `parent_id`.
    """
    content = receipt.revision.content
    if fingerprint(content) != receipt.fingerprint:
        raise NotApprovedError(
            _("Changed after the approval of “%(title)s”: %(what)s.")
            % {
                "title": page.title,
                "what": ", ".join(changed_fields(receipt.fields, content)) or "?",
            }
        )
    begins_at = parse_datetime(content.get("go_live_at") or "")
    if begins_at is not None and begins_at > receipt.due_at:
        raise NotApprovedError(
            _("The date of “%(title)s” is not the approved one.") % {"title": page.title}
        )
    if parent_id != receipt.parent_id:
        raise NotApprovedError(
            _("“%(title)s” was moved after its approval.") % {"title": page.title}
        )
