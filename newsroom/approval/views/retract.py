"""Taking a page back: the one thing a single editor does at once."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from newsroom.approval.rules import holds
from newsroom.approval.services import retract
from newsroom.approval.views.action import ActionForm, PageAction


class RetractForm(ActionForm):
    """Why a page is taken offline."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stays in the record of the newsroom; readers do not see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RetractView(PageAction):
    """Takes a page and its translations offline."""

    slug = "retract"
    form_class = RetractForm
    title = gettext_lazy("Take offline")
    explanation = gettext_lazy(
        "The page and its translations leave the public site, the API and the search at once. "
        "It can be published again after a new approval."
    )
    button = gettext_lazy("Take offline now")
    icon = "download"
    is_serious = True

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether `user` may take `page` offline."""
        if not page.live or not getattr(page, "is_retractable", False):
            return False
        return holds("retract", user=user, page=page)

    def act(self, form: Any, *, now: datetime) -> str:
        """Take it back."""
        taken = retract(
            page=self.page, user=self.request.user, reason=form.cleaned_data["reason"], now=now
        )
        text = ngettext(
            "“%(title)s” is offline: %(count)d page taken back.",
            "“%(title)s” is offline: %(count)d pages taken back.",
            len(taken),
        )
        return text % {"title": self.page.get_admin_display_title(), "count": len(taken)}
