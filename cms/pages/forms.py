"""The editor's form of a governed page."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.pages.clock import clock_change
from cms.pages.gate import RefusedError, gate
from cms.pages.reach import is_within_reach

# Entries of all lists of a form. A post can claim any number, and each is drawn again with errors.
MAX_ROWS = 300
# Buttons of Wagtail that ask for a review, and the one that decides about it.
SUBMITTING = frozenset({"action-submit", "action-restart-workflow"})
DECIDING = "action-workflow-action"


class GovernedPageForm(WagtailAdminPageForm):
    """Demands at submission what a draft may still lack.

    `min_num` of a formset would do the same, but it puts an empty entry into every new form, and
    an empty entry is an error that stops the autosave.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound the lists that were posted: one that is too long is read no further."""
        super().__init__(*args, **kwargs)
        left = MAX_ROWS
        for formset in filter(attrgetter("is_bound"), self.formsets.values()):
            formset.max_num = formset.absolute_max = left
            left -= formset.total_form_count()

    def add_error(self, field: str | None, error: Any) -> None:
        """Note an error; one about an hour that is skipped or doubled in plain words."""
        if field and getattr(error, "code", None) == "ambiguous_timezone":
            error = ValidationError(_about_clock(error.params["datetime"]))
        super().add_error(field, error)

    def is_valid(self) -> bool:
        """Return whether the form may be saved, or, when it is being submitted, submitted.

        Raises RefusedError when it names something of another house: a form that is drawn again
        with its errors would show what that is called.
        """
        if self.is_bound and not is_within_reach(self):
            raise RefusedError(_("This text refers to something of another house."))
        is_valid = bool(super().is_valid())
        if self.is_deferred_validation:
            return is_valid
        for name, remedy in self.instance.required_children().items():
            formset = self.formsets.get(name)
            if formset is not None and not any(map(_is_kept, formset.forms)):
                formset._non_form_errors = ErrorList([remedy])
                is_valid = False
        return is_valid and self._is_ready()

    def _is_ready(self) -> bool:
        """Return whether what was typed may be submitted, or decided about; note what is against.

        The service asks the same and refuses, but then everything typed would be lost.
        """
        if SUBMITTING & self.data.keys():
            for name, remedy in self.save(commit=False).preflight():
                self._note(name, remedy)
        elif DECIDING in self.data and self._is_rewritten():
            remedy = _("You have changed the text: save it as a draft, and somebody else decides.")
            self.add_error(None, remedy)
        return not self.errors and not any(map(_has_errors, self.formsets.values()))

    def _is_rewritten(self) -> bool:
        return self.has_changed() and not gate().is_unwritten(self.save(commit=False))

    def _note(self, name: str, remedy: str) -> None:
        """Put what is missing beside its field, or above the form when that has no such field."""
        if name in self.fields:
            self.add_error(name, remedy)
        elif formset := self.formsets.get(name):
            formset._non_form_errors = ErrorList([*formset.non_form_errors(), remedy])
        else:
            self.add_error(None, f"{self.instance.label_of(name)}: {remedy}")


def _is_kept(form: Any) -> bool:
    values = getattr(form, "cleaned_data", {})
    return bool(values) and not values.get("DELETE")


def _has_errors(formset: Any) -> bool:
    return bool(formset.non_form_errors())


def _about_clock(local: datetime) -> str:
    """Return what to do about a local time that does not exist or comes twice."""
    values = {
        "date": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "TIME_FORMAT"),
    }
    if clock_change(local, timezone.get_current_timezone()) == "skipped":
        return (
            _(
                "On %(date)s the clocks go forward: %(time)s does not exist on that day. "
                "Choose an earlier or a later time."
            )
            % values
        )
    return (
        _(
            "On %(date)s the clocks go back: %(time)s comes twice on that day. "
            "Choose an earlier or a later time."
        )
        % values
    )
