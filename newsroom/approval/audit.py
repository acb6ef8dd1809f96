"""Writing the record; reading it is the administrator's affair."""

from datetime import datetime
from typing import Any

from newsroom.approval.models import AuditEntry


def record(
    *,
    action: AuditEntry.Action,
    now: datetime,
    page_id: int,
    user: Any = None,
    revision_id: int | None = None,
    fingerprint: str = "",
    note: str = "",
) -> None:
    """Append one entry, in the caller's transaction."""
    AuditEntry.objects.create(
        action=action,
        at=now,
        page_id=page_id,
        actor_id=getattr(user, "pk", None),
        revision_id=revision_id,
        fingerprint=fingerprint,
        note=note,
    )
