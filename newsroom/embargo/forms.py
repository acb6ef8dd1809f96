"""The editors' form of an invitation."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.mail.content import is_address

MOST = 50  # addresses at once
_BETWEEN = re.compile(r"[\s,;]+")


class InvitationForm(forms.Form):
    """Whom to invite, and in which language the letter speaks."""

    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        help_text=gettext_lazy(
            "One or several, separated by commas or lines. Each gets a link of its own; a former"
            " link of the same address ends."
        ),
        max_length=MOST * 256,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES
    )

    def clean_addresses(self) -> list[str]:
        """Return the addresses. A refusal names each that is none."""
        given: Any = self.cleaned_data["addresses"]
        addresses = [address for address in _BETWEEN.split(given.lower()) if address]
        if wrong := [address for address in addresses if not is_address(address)]:
            raise ValidationError(
                _("No e-mail address: %(addresses)s. Please correct or remove it.")
                % {"addresses": ", ".join(wrong[:MOST])}
            )
        if len(addresses) > MOST:
            raise ValidationError(
                _("Please invite at most %(most)d addresses at once.") % {"most": MOST}
            )
        return addresses
