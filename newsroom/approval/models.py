"""Receipts of approval, the task of the second person, and the record of who did what."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState

from newsroom.approval import rules
from newsroom.approval.fingerprint import digests, fingerprint

# What a version says about its own change (newsroom.approval.changes); kept with the receipt.
CHANGE_FIELDS = ("change_kind", "change_note", "change_reason")


class FourEyesTaskState(TaskState):
    """A review, bound to the bytes that were submitted: a revision can be overwritten in place."""

    fingerprint = models.CharField(max_length=64)
    references = models.JSONField(null=True)


class ReturnForm(TaskStateCommentForm):
    """Asks what has to be changed: who gets a text back without a word can only guess."""

    comment = forms.CharField(label=_("What has to be changed"), widget=forms.Textarea({"rows": 2}))


class FourEyesTask(AbstractGroupApprovalTask):
    """A step that only a person without part in the text can approve; superusers obey too."""

    task_state_class = FourEyesTaskState

    class Meta:
        verbose_name = _("four-eyes approval")
        verbose_name_plural = _("four-eyes approvals")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin the review. Raises NotReadyError when something is missing, or nothing is new."""
        rules.assert_new(workflow_state.content_object)
        version = workflow_state.content_object.specific.get_latest_revision_as_object()
        rules.assert_complete(version)
        task_state = super().start(workflow_state, user=user)
        task_state.fingerprint = fingerprint(task_state.revision.content)
        task_state.references = digests(version)
        task_state.save(update_fields=["fingerprint", "references"])
        return task_state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what `user` may do with the page under review; nothing with one's own text.

        Each asks in a dialogue: one click too many must not publish anything.
        """
        if rules.objection(task=self, page=obj, user=user):
            return []
        return [("approve", _("Approve"), True), ("reject", _("Return with comments"), True)]

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Carry out an action. Raises SamePersonError for anybody who had a part in the text."""
        task_state = task_state.specific
        page = task_state.workflow_state.content_object
        rules.assert_may_decide(task=self, page=page, user=user, task_state=task_state)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Return the form of the dialogue for an action."""
        form: type[forms.Form] = super().get_form_for_action(action)
        return ReturnForm if action == "reject" else form

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Return whether `user` may open the page because it waits for a decision."""
        return bool(self._user_in_groups(user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Return whether `user` must not edit the page while it is under review.

        Whoever may not decide may not write either: else the text changes under the reader's eyes.
        """
        return bool(rules.objection(task=self, page=obj, user=user))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the reviews that wait for a group of `user`."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        """Return what the admin says about this kind of task."""
        return str(_("A member of the chosen groups who had no part in the text approves it"))


class Receipt(models.Model):
    """Proof that exactly these bytes of a page were approved, and the order to publish them.

    A receipt is also the job of the worker: it is published when `due_at` has come, its source
    language is public and its parent is. `fingerprint` is a SHA-256 of the approved content, see
    newsroom.approval.fingerprint.
    """

    class State(models.TextChoices):
        APPROVED = "approved", _("approved, waiting")
        LIVE = "live", _("public")
        SUPERSEDED = "superseded", _("replaced by a newer version")
        WITHDRAWN = "withdrawn", _("taken back")
        PARKED = "parked", _("stopped after errors")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    # RESTRICT: an approved text is not deleted while its receipt stands.
    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.RESTRICT, related_name="+"
    )
    # The page this one is a translation of; a translation is public only while its source is.
    source = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+"
    )
    # Where the page stood when it was approved.
    parent_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    # Field -> SHA-256, to say what was changed; the fingerprint alone decides. None: as below.
    fields = models.JSONField(null=True)
    # What the version shows besides its own text: name -> SHA-256 (cms.pages.references).
    # None: approved by an older version of the project, which did not keep it.
    references = models.JSONField(null=True)
    # When the worker last compared the references with what is stored.
    checked_at = models.DateTimeField(null=True)
    # When the approved text was laid ready in the page's rows, so that at the hour little is left.
    ready_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPROVED)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Empty only for the structural pages that the setup writes from the code itself.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField()
    due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Set while an emergency release waits for a second person: it is public until this moment.
    countersign_until = models.DateTimeField(null=True)
    # Ids of everybody who had a part in an emergency release: they cannot countersign it.
    involved = models.JSONField(default=list)
    is_emergency = models.BooleanField(default=False)
    # What the public is told about a change of a published text (newsroom.approval.changes).
    change_kind = models.CharField(max_length=10, blank=True)
    change_note = models.TextField(blank=True)
    change_reason = models.TextField(blank=True)

    # The worker's side: failed attempts are repeated with growing pauses, then parked.
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="receipt_due"),
            models.Index(fields=["page", "state"], name="receipt_page"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state="live"), name="one_live_receipt_a_page"
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("submitted_by")),
                name="receipt_of_two_people",
            ),
            # Whoever stands alone behind a text does so until a moment that is written down.
            models.CheckConstraint(
                condition=models.Q(is_emergency=True) | models.Q(countersign_until=None),
                name="only_emergencies_wait_for_a_countersignature",
            ),
        ]
        permissions = [
            ("retract", "Can take public pages offline"),
            ("schedule", "Can postpone approved pages"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}, revision {self.revision_id}: {self.state}"


class AuditEntry(models.Model):
    """Who did what to which page, and which bytes it was.

    Ids instead of foreign keys and no names: the record outlives pages and accounts. The database
    itself refuses to change or delete entries (newsroom.approval.append_only).
    """

    class Action(models.TextChoices):
        INSTALLED = "installed"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        APPROVED = "approved"
        PUBLISHED = "published"
        EXPIRED = "expired"
        RETRACTED = "retracted"
        PARKED = "parked"
        RETRIED = "retried"
        DROPPED = "dropped"  # an approval, because the text was edited after it
        POSTPONED = "postponed"
        EMERGENCY = "emergency"  # published by one person alone
        COUNTERSIGNED = "countersigned"
        LAPSED = "lapsed"  # an emergency release that nobody countersigned
        NOTICE_PROPOSED = "notice proposed"
        NOTICE_PUBLISHED = "notice published"
        NOTICE_REJECTED = "notice rejected"
        INVITED = "invited"
        REVOKED = "revoked"
        OPENED = "opened"
        ASSIGNED = "assigned"
        DUE_CHANGED = "due changed"

    at = models.DateTimeField()
    action = models.CharField(max_length=20, choices=Action.choices)
    actor_id = models.BigIntegerField(null=True)
    page_id = models.BigIntegerField()
    revision_id = models.BigIntegerField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["page_id", "at"], name="audit_page")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.action} page {self.page_id}"


class Notice(models.Model):
    """What readers find at the address of a page that was taken back: why.

    Nothing of the old text belongs into it. It passes four eyes like every public text.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        PUBLISHED = "published", _("public")
        REJECTED = "rejected", _("not approved")
        SUPERSEDED = "superseded", _("replaced by a newer notice")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("text"), max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "state"],
                condition=models.Q(state__in=["proposed", "published"]),
                name="one_notice_a_page_and_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published", decided_by=models.F("proposed_by")),
                name="notice_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}: {self.state}"
