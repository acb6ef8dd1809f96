"""The editor's form of an offer."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from cms.pages.forms import GovernedPageForm
from newsroom.vocabularies.models import Term


class CodesField(forms.MultipleChoiceField):
    """Several terms of a vocabulary, stored as their codes separated by commas."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """Return the codes as a list."""
        return codes(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Return the codes as they are stored. Raises ValidationError for unknown ones."""
        return ", ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether other codes are chosen than before."""
        return super().has_changed(self.prepare_value(initial), data)


def codes(text: str) -> list[str]:
    """Return the codes of a text that separates them by commas."""
    return [code.strip() for code in text.split(",") if code.strip()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OfferPageForm(GovernedPageForm):
    """Offers the languages of the vocabulary."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace the text field of the codes."""
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            terms = Term.objects.filter(vocabulary=Term.Vocabulary.LANGUAGE_SPOKEN)
            language = get_language() or "de"
            self.fields["languages"] = CodesField(
                label=self.fields["languages"].label,
                required=False,
                choices=[(term.slug, term.label(language)) for term in terms],
            )


class ChangeForm(forms.Form):
    """What a provider corrects without signing in; the rest is said in words."""

    summary = forms.CharField(label=gettext_lazy("summary"), max_length=400, widget=_area(3))
    times = forms.CharField(
        label=gettext_lazy("times"), required=False, max_length=1000, widget=_area(3)
    )
    cost = forms.CharField(label=gettext_lazy("cost"), required=False, max_length=200)
    registration = forms.CharField(
        label=gettext_lazy("registration"), required=False, max_length=1000, widget=_area(3)
    )
    contact = forms.CharField(
        label=gettext_lazy("contact"), required=False, max_length=1000, widget=_area(3)
    )
    message = forms.CharField(
        label=gettext_lazy("What else has changed"),
        required=False,
        max_length=1000,
        widget=_area(3),
    )

    def __init__(self, data: Any, *, page: Any) -> None:
        """Begin with what is public."""
        initial = {name: getattr(page, name) for name in self.base_fields if name != "message"}
        super().__init__(data, initial=initial)

    def clean(self) -> Any:
        """Refuse an answer that changes nothing."""
        cleaned = super().clean()
        if not self.errors and not self.has_changed():
            raise forms.ValidationError(gettext("Nothing is changed: change or write something."))
        return cleaned


class HintForm(forms.Form):
    """What a reader says is wrong. `website` is a trap: people do not see it."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=1500,
        widget=_area(5),
    )
    reply_to = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want an answer"), required=False
    )
    website = forms.CharField(required=False, max_length=200)
