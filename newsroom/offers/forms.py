"""The editor's form of an offer."""

from typing import Any

from django import forms
from django.utils.translation import get_language

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
