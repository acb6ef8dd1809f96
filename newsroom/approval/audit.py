"""Writing the record; reading it is the administrator's affair."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newsroom.approval.models import AuditEntry, Receipt


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


def record_versions(
    receipts: Iterable[Receipt], *, action: AuditEntry.Action, now: datetime, user: Any = None
) -> None:
    """Append that the same happened to several approved versions."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            action=action,
            at=now,
            actor_id=getattr(user, "pk", None),
            page_id=receipt.page_id,
            revision_id=receipt.revision_id,
            fingerprint=receipt.fingerprint,
        )
        for receipt in receipts
    )
