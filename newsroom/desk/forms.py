"""What people tell the desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from newsroom.desk import people
from newsroom.desk.post import name_of
from newsroom.desk.services import check_deputy, name_deputy


class PersonField(forms.ModelChoiceField):
    """A choice of accounts, called by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of an account."""
        return name_of(obj)


class ReviewForm(forms.Form):
    """When a review is due and who has it."""

    due_at = forms.DateTimeField(
        label=_("Due"),
        help_text=_("After this moment everybody who can decide is reminded once."),
        widget=AdminDateTimeInput,
    )
    assigned_to = PersonField(
        label=_("Handed to"),
        queryset=None,
        required=False,
        empty_label=_("nobody in particular"),
        help_text=_("Only people who can decide about this text. The others still may as well."),
    )

    class Media:
        css = {"all": ["newsroom/desk.css"]}

    def __init__(self, *args: Any, able: list[Any], **kwargs: Any) -> None:
        """Offer only the people of `able`."""
        super().__init__(*args, **kwargs)
        accounts = people.accounts().filter(pk__in=[user.pk for user in able])
        self.fields["assigned_to"].queryset = accounts  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who stands in for an account; part of its settings."""

    deputy = PersonField(
        label=_("Deputy"),
        queryset=None,
        required=False,
        empty_label=_("no deputy"),
        help_text=_(
            "Gets your mails and what is handed to you as well. Nobody gets a right by it: your "
            "deputy decides only what they could decide anyway."
        ),
    )
    from_date = forms.DateField(label=_("From (day)"), required=False, widget=AdminDateInput)
    until_date = forms.DateField(
        label=_("Until (day)"),
        required=False,
        help_text=_("This day included."),
        widget=AdminDateInput,
    )

    def __init__(self, data: Any = None, files: Any = None, *, instance: Any, prefix: str) -> None:
        """Show the deputy of the account `instance`."""
        stored = getattr(instance, "deputy", None)
        names = ("deputy", "from_date", "until_date")
        initial = {name: getattr(stored, name) for name in names} if stored else {}
        super().__init__(data, files, prefix=prefix, initial=initial)
        self.user = instance
        self.fields["deputy"].queryset = people.possible_deputies(instance)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand both days, in order, once somebody is named."""
        values = super().clean() or {}
        if not self.errors:
            try:
                check_deputy(user=self.user, now=timezone.now(), **values)
            except ValidationError as error:
                self.add_error(None, error)
        return values

    def save(self) -> None:
        """Store the deputy."""
        name_deputy(user=self.user, now=timezone.now(), **self.cleaned_data)
