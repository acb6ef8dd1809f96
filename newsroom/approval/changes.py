"""Saying what was changed in a text that is public already, and why."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.pages.governed import GovernedPage
from newsroom.approval.fingerprint import fingerprint
from newsroom.approval.models import CHANGE_FIELDS, Receipt


class Change(models.TextChoices):
    """What a new version of a published text is to its readers."""

    CORRECTION = "correction", _("correction: something was wrong")
    UPDATE = "update", _("update: something is new")


class ChangeablePage(GovernedPage):
    """A page that tells its readers about its changes.

    The fields are part of the version, so that the second person approves them with the text. The
    receipt keeps them when the version is published (newsroom.approval.selectors.changes).
    """

    change_kind = models.CharField(
        _("kind of change"), max_length=10, choices=Change.choices, blank=True
    )
    change_note = models.TextField(
        _("what was changed"),
        max_length=500,
        blank=True,
        help_text=_("Readers see it with the date of publication."),
    )
    change_reason = models.TextField(
        _("why it was changed"), max_length=500, blank=True, help_text=_("Readers see it too.")
    )

    class Meta:
        abstract = True

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps the page from being submitted."""
        return [*super().preflight(), *self.change_problems()]

    def change_problems(self) -> list[tuple[str, str]]:
        """Return what is missing to submit a change of a text that was public."""
        if self.first_published_at is None or _was_published(self):
            return []
        wanted = [
            ("change_kind", _("Say whether this is a correction or an update.")),
            ("change_note", _("Say what was changed.")),
        ]
        if self.change_kind == Change.CORRECTION:
            wanted.append(("change_reason", _("Say why it had to be corrected.")))
        return [(field, str(remedy)) for field, remedy in wanted if not getattr(self, field)]


def _was_published(version: Any) -> bool:
    """Return whether exactly this text was public before: it comes back unchanged."""
    same = Receipt.objects.filter(
        page_id=version.pk, fingerprint=fingerprint(version.serializable_data())
    )
    return same.exclude(published_at=None).exists()


CHANGE_PANEL = MultiFieldPanel(
    [FieldPanel("change_kind"), FieldPanel("change_note"), FieldPanel("change_reason")],
    heading=_("Change of a published text"),
)


class ChangeNoteForm:
    """What the form of such a page does: asks only where there is something to say.

    A mixin for forms. A new change begins with empty fields: the last one is told already.
    """

    instance: Any
    fields: Any
    initial: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the fields out of the form of a text that never was public."""
        super().__init__(*args, **kwargs)
        names = CHANGE_FIELDS
        if self.instance.first_published_at is None:
            for name in names:
                self.fields.pop(name, None)
        elif self.instance.latest_revision_id == self.instance.live_revision_id:
            self.initial.update(dict.fromkeys(names, ""))
