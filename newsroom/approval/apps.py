"""Django app configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalConfig(AppConfig):
    """Install the gate and the follow-ups of publishing."""

    name = "newsroom.approval"
    label = "approval"
    verbose_name = _("approval")

    def ready(self) -> None:
        """Let the newsroom decide what becomes public."""
        from cms.pages.gate import install_gate  # noqa: PLC0415 - models load first
        from newsroom.approval import signals  # noqa: PLC0415
        from newsroom.approval.gate import FourEyesGate  # noqa: PLC0415

        install_gate(FourEyesGate())
        signals.connect()
