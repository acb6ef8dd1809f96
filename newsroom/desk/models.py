"""When a review is due, who has it, who stands in for whom, who has still to be told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Review(models.Model):
    """The desk's side of one step of a review: what concerns the work, not the decision.

    Who may decide is said by newsroom.approval.rules alone; nothing here gives anybody a right.
    """

    task_state = models.OneToOneField(
        "wagtailcore.TaskState",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="desk_review",
    )
    due_at = models.DateTimeField()
    # When everybody was reminded that it is overdue; None: not yet.
    reminded_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="review_to_remind", condition=Q(reminded_at=None))
        ]

    def __str__(self) -> str:
        return f"review {self.task_state_id}, due {self.due_at:%Y-%m-%dT%H:%MZ}"


class Deputy(models.Model):
    """Who stands in for somebody, and on which days; one at a time.

    A deputy gets the mails and hand-overs as well, and no right: only what they may open and
    decide anyway.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputy"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stands_in_for"
    )
    # Days in Berlin, both included.
    from_date = models.DateField()
    until_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="deputy_is_another"),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="deputy_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.deputy_id}, {self.from_date} to {self.until_date}"


class Announcement(models.Model):
    """A publication of which its authors have still to be told; deleted with the telling.

    Written in the transaction that publishes. Whom to ask for costs more than publishing itself,
    and a hundred releases may be due in one second.
    """

    receipt = models.ForeignKey("approval.Receipt", on_delete=models.CASCADE, related_name="+")
    published_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_attempt_at"], name="announcement_due")]

    def __str__(self) -> str:
        return f"receipt {self.receipt_id}, published {self.published_at:%Y-%m-%dT%H:%M:%SZ}"
