"""Writing and approving what readers find where a page was taken back."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.gate import gate
from newsroom.approval import services
from newsroom.approval.models import Notice
from newsroom.approval.rules import OutdatedError, holds
from newsroom.approval.selectors import open_notice
from newsroom.approval.views.action import ActionForm, PageAction


class NoticeForm(ActionForm):
    """The text of a notice."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ProposeNoticeView(PageAction):
    """Proposes a notice to the public."""

    slug = "notice"
    form_class = NoticeForm
    title = gettext_lazy("Write a public notice")
    explanation = gettext_lazy(
        "Readers find it at the address of the page that was taken back: say why, and repeat "
        "nothing of the old text. It becomes public when a second person has approved it."
    )
    button = gettext_lazy("Submit for approval")
    icon = "info-circle"

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether the page was taken back and `user` is one who may do that."""
        return holds("retract", user=user, page=page) and gate().is_withdrawn(page)

    def act(self, form: Any, *, now: datetime) -> str:
        """Propose it."""
        services.propose_notice(
            page=self.page, text=form.cleaned_data["text"], user=self.request.user, now=now
        )
        return _("The notice waits for the approval of a second person.")


class DecisionForm(ActionForm):
    """Whether a notice becomes public."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("approve", gettext_lazy("Publish the notice")),
            ("reject", gettext_lazy("Do not publish it")),
        ],
        widget=forms.RadioSelect,
    )


class DecideNoticeView(PageAction):
    """Lets a second person decide about a notice."""

    slug = "decide-notice"
    form_class = DecisionForm
    title = gettext_lazy("Decide about the public notice")
    explanation = gettext_lazy("Somebody proposes this text for the address of the page.")
    button = gettext_lazy("Decide")

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether a notice waits that somebody else wrote."""
        notice = open_notice(page)
        is_strange = notice is not None and notice.proposed_by_id != user.pk
        return is_strange and holds("retract", user=user, page=page)

    def find_subject(self, *, now: datetime) -> Notice:
        """Return the notice that waits."""
        notice = open_notice(self.page)
        if notice is None:
            raise OutdatedError
        return notice

    def mark(self) -> str:
        """Return the number of the notice: its text never changes."""
        return str(self.subject.pk)

    def details(self) -> list[tuple[Any, Any]]:
        """Show the text and who wrote it."""
        return [
            (_("Text"), self.subject.text),
            (_("Written by"), self.subject.proposed_by or "–"),
        ]

    def act(self, form: Any, *, now: datetime) -> str:
        """Decide."""
        is_approved = form.cleaned_data["decision"] == "approve"
        services.decide_notice(
            notice=self.subject, user=self.request.user, is_approved=is_approved, now=now
        )
        return _("The notice is public.") if is_approved else _("The notice is not published.")
