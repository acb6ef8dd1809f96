"""The door through which every page becomes public or stops being so.

The pages of the site do not know who may approve what: that is the newsroom's business. They
know only this door. The newsroom installs its gate when Django starts; until then the door is
shut, so that a forgotten installation publishes nothing instead of everything.
"""

from contextvars import ContextVar
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied

# Why something was refused since the last look. Wagtail answers a PermissionDenied inside its
# views, without its words; a transaction around them would commit what came before the refusal.
_refusal: ContextVar[str] = ContextVar("refusal", default="")


class RefusedError(PermissionDenied):
    """The newsroom's rules forbid what was asked; nothing of the request may stay."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        _refusal.set(str(self) or type(self).__name__)


def forget_refusals() -> None:
    """Begin to look for refusals."""
    _refusal.set("")


def refusal() -> str:
    """Return why something was refused since `forget_refusals`; empty when nothing was."""
    return _refusal.get()


class NotApprovedError(RefusedError):
    """Nobody else has approved exactly this revision, so it must not become public."""


class Gate(Protocol):
    """What the newsroom promises to the pages."""

    def finish_workflow(self, *, workflow_state: Any, user: Any) -> None:
        """Record that the last task of a workflow was approved; publish what is due."""

    def publish(self, *, page: Any, revision: Any, user: Any) -> None:
        """Publish an approved revision. Raises NotApprovedError for any other."""

    def unpublish(self, *, page: Any, user: Any, is_expired: bool) -> None:
        """Take a page and its language versions off the public site."""

    def note_writing(self, *, page: Any, revision: Any, user: Any) -> None:
        """Learn that somebody wrote on the page: an approval that waits may not stand any more."""

    def is_unwritten(self, page: Any) -> bool:
        """Say whether the page says what its newest revision says, whatever the margin says."""

    def is_live_allowed(self, page: Any) -> bool:
        """Say whether the page may be stored as live with its present live revision."""

    def is_withdrawn(self, page: Any) -> bool:
        """Say whether the page was public once and has been taken back."""

    def answering(self, pages: Any) -> Any:
        """Return those of a queryset of pages that were or are public, by what their row says."""

    def is_bound(self, page: Any) -> bool:
        """Say whether the page, or one below it, is public or approved: it must stay in place."""


class _ShutGate:
    """The gate while none is installed."""

    def finish_workflow(self, *, workflow_state: Any, user: Any) -> None:
        raise NotApprovedError("No approval is installed: nothing can be approved.")

    def publish(self, *, page: Any, revision: Any, user: Any) -> None:
        raise NotApprovedError("No approval is installed: nothing can be published.")

    def unpublish(self, *, page: Any, user: Any, is_expired: bool) -> None:
        raise NotApprovedError("No approval is installed.")

    def note_writing(self, *, page: Any, revision: Any, user: Any) -> None:
        return None

    def is_unwritten(self, page: Any) -> bool:
        return False

    def is_live_allowed(self, page: Any) -> bool:
        return False

    def is_withdrawn(self, page: Any) -> bool:
        return False

    def answering(self, pages: Any) -> Any:
        return pages.none()

    def is_bound(self, page: Any) -> bool:
        return True


_gate: Gate = _ShutGate()


def install_gate(gate: Gate) -> None:
    """Let `gate` decide from now on. Called once, when Django starts."""
    global _gate
    _gate = gate


def gate() -> Gate:
    """Return the gate that decides."""
    return _gate


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Do what Wagtail's workflow does at its end (WAGTAIL_FINISH_WORKFLOW_ACTION).

    It stands here because Wagtail imports it while its own models load: this module needs none.
    """
    gate().finish_workflow(workflow_state=workflow_state, user=user)
