"""Publishing alone in an emergency, and standing behind it as the second person."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from newsroom.approval import services
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.rules import NotReadyError, OutdatedError, may_decide
from newsroom.approval.selectors import emergencies, waiting_version
from newsroom.approval.views.action import ActionForm, PageAction, may_edit, moment


class ReleaseAloneForm(ActionForm):
    """Why nobody can be waited for."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("All editors get it by mail; it stays in the record."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_meant = forms.BooleanField(
        label=gettext_lazy("I publish this text without a second person.")
    )


class ReleaseAloneView(PageAction):
    """Publishes the newest version without a second person."""

    slug = "release-alone"
    form_class = ReleaseAloneForm
    title = gettext_lazy("Emergency release")
    explanation = gettext_lazy(
        "The newest version is published without a second person. All editors are told. After 24 "
        "hours it goes offline by itself unless somebody else countersigns it."
    )
    button = gettext_lazy("Publish alone")
    icon = "warning"
    is_serious = True

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether the operator allows it, and `user` is an editor of an unpublished text."""
        return bool(
            settings.EMERGENCY_RELEASE
            and page.has_unpublished_changes
            and waiting_version(page) is None
            and may_edit(user, page)
            and may_decide(user=user, page=page)
        )

    def find_subject(self, *, now: datetime) -> Revision:
        """Return the newest version."""
        return self.page.latest_revision

    def mark(self) -> str:
        """Return the fingerprint: a version is overwritten while its writer goes on."""
        return fingerprint(self.subject.content)

    def details(self) -> list[tuple[Any, Any]]:
        """Show which version it is."""
        return [
            (_("Title"), self.subject.content["title"]),
            (_("Written by"), self.subject.user or "–"),
            (_("Saved on"), moment(self.subject.created_at)),
        ]

    def act(self, form: Any, *, now: datetime) -> str:
        """Publish it."""
        try:
            services.release_alone(
                page=self.page,
                seen=form.cleaned_data["shown"],
                user=self.request.user,
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except NotReadyError as error:
            raise forms.ValidationError(str(error)) from error
        return _("Published by one person. Somebody else has to countersign it within 24 hours.")


class CountersignView(PageAction):
    """Lets a second person stand behind an emergency release."""

    slug = "countersign"
    title = gettext_lazy("Countersign")
    explanation = gettext_lazy(
        "One person published this text alone. Read it; if you stand behind it, it stays public. "
        "If not, take it offline."
    )
    button = gettext_lazy("Countersign")
    icon = "warning"

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether an emergency release waits and `user` had no part in it."""
        receipt = emergencies(now=now).filter(page_id=page.pk).first()
        return (
            receipt is not None
            and user.pk not in receipt.involved
            and may_decide(user=user, page=page)
        )

    def find_subject(self, *, now: datetime) -> Receipt:
        """Return the receipt of the emergency release."""
        receipt = emergencies(now=now).filter(page_id=self.page.pk).first()
        if receipt is None:
            raise OutdatedError
        return receipt

    def mark(self) -> str:
        """Return which release it is: the same version may be released again."""
        return f"{self.subject.pk} {self.subject.approved_at}"

    def details(self) -> list[tuple[Any, Any]]:
        """Show who released it, why, and until when it stays."""
        return [
            (_("Page"), self.page.full_url),
            (_("Published by"), self.subject.submitted_by),
            (_("Reason"), _reason(self.subject)),
            (_("Goes offline on"), moment(self.subject.countersign_until)),
        ]

    def act(self, form: Any, *, now: datetime) -> str:
        """Countersign it."""
        services.countersign(receipt=self.subject, user=self.request.user, now=now)
        return _("Countersigned: the page stays public.")


def _reason(receipt: Receipt) -> str:
    entry = AuditEntry.objects.filter(
        revision_id=receipt.revision_id, action=AuditEntry.Action.EMERGENCY
    ).last()
    return entry.note if entry else ""


def warning(page: Page, *, now: datetime) -> str:
    """Return what the admin says on the page of an emergency release; empty for all others."""
    receipt = emergencies(now=now).filter(page_id=page.pk).first()
    if receipt is None or receipt.countersign_until is None:
        return ""
    return _(
        "Emergency release: published by one person. It goes offline on %(moment)s unless "
        "somebody else countersigns it."
    ) % {"moment": moment(receipt.countersign_until)}
