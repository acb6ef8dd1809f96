"""What can be done with an approved version that waits for its hour."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from newsroom.approval import services
from newsroom.approval.models import Receipt
from newsroom.approval.rules import holds
from newsroom.approval.selectors import waiting_version
from newsroom.approval.views.action import ActionForm, PageAction, may_edit, moment

State = Receipt.State


class PostponeForm(ActionForm):
    """The new hour."""

    due_at = forms.DateTimeField(
        label=gettext_lazy("New time"),
        help_text=gettext_lazy("Time in Germany. Translations are moved with the page."),
        widget=AdminDateTimeInput,
    )


class PostponeView(PageAction):
    """Publishes an approved version later."""

    slug = "postpone"
    form_class = PostponeForm
    title = gettext_lazy("Publish later")
    explanation = gettext_lazy(
        "The approval stays valid. To publish earlier, take the approval back, change the time "
        "and have it approved again."
    )
    button = gettext_lazy("Publish later")
    icon = "calendar-alt"

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether `user` may move the hour of a version that waits."""
        receipt = waiting_version(page)
        is_waiting = receipt is not None and receipt.state == State.APPROVED
        return is_waiting and holds("schedule", user=user, page=page)

    def details(self) -> list[tuple[Any, Any]]:
        """Show the present hour."""
        receipt = waiting_version(self.page)
        return [(_("Approved for"), moment(receipt.due_at))] if receipt else []

    def act(self, form: Any, *, now: datetime) -> str:
        """Move it."""
        due_at = form.cleaned_data["due_at"]
        try:
            services.postpone(page=self.page, due_at=due_at, user=self.request.user, now=now)
        except services.ScheduleError as error:
            raise forms.ValidationError({"due_at": str(error)}) from error
        return _("The page is published on %(moment)s.") % {"moment": moment(due_at)}


class WithdrawView(PageAction):
    """Takes back the approval of a version that is not public yet."""

    slug = "withdraw"
    title = gettext_lazy("Take the approval back and edit")
    explanation = gettext_lazy(
        "The approved version will not be published. You can edit the text and submit it again. "
        "What is public now stays public."
    )
    button = gettext_lazy("Take the approval back")
    icon = "edit"

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether a version waits and `user` may write on the page."""
        return waiting_version(page) is not None and may_edit(user, page)

    def act(self, form: Any, *, now: datetime) -> str:
        """Drop the approval."""
        services.drop_approval(page=self.page, user=self.request.user, now=now)
        return _("The approval was taken back. The page can be edited and submitted again.")


class RetryView(PageAction):
    """Lets the worker try a parked publication again."""

    slug = "retry"
    title = gettext_lazy("Try again to publish")
    explanation = gettext_lazy(
        "Publishing failed several times and was stopped. Try again when the cause is mended."
    )
    button = gettext_lazy("Try again")
    icon = "rotate"

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether the publication of the page is parked and `user` is an editor."""
        receipt = waiting_version(page)
        is_parked = receipt is not None and receipt.state == State.PARKED
        return is_parked and holds("schedule", user=user, page=page)

    def details(self) -> list[tuple[Any, Any]]:
        """Show the error."""
        receipt = waiting_version(self.page)
        return [(_("Error"), receipt.error)] if receipt else []

    def act(self, form: Any, *, now: datetime) -> str:
        """Give it back to the worker."""
        receipt = waiting_version(self.page)
        if receipt is not None:
            services.retry(receipt=receipt, user=self.request.user, now=now)
        return _("The page is published as soon as its hour has come.")
