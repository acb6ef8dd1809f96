"""Every change of what is approved or public. Nothing else does it."""

from newsroom.approval.services.emergency import countersign, lapse, release_alone
from newsroom.approval.services.flip import FailedError, lay_ready
from newsroom.approval.services.notices import decide_notice, propose_notice
from newsroom.approval.services.publishing import (
    approve,
    check,
    drop_approval,
    install,
    note_failure,
    park,
    publish,
    retry,
    source_of,
)
from newsroom.approval.services.retraction import expire, retract
from newsroom.approval.services.schedule import ScheduleError, postpone
from newsroom.approval.services.together import publish_together

__all__ = [
    "FailedError",
    "ScheduleError",
    "approve",
    "check",
    "countersign",
    "decide_notice",
    "drop_approval",
    "expire",
    "install",
    "lapse",
    "lay_ready",
    "note_failure",
    "park",
    "postpone",
    "propose_notice",
    "publish",
    "publish_together",
    "release_alone",
    "retract",
    "retry",
    "source_of",
]
