"""An approved release as its readers will see it, for somebody who may see it before."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from cms.media.addresses import files_below
from newsroom.embargo.presentation import moment_text

_ANY = "name"  # stands for a file while the address of all files is asked for


def rendered(version: Any, *, token: str, until: datetime, request: HttpRequest) -> str:
    """Return the page of `version` in its language, marked with the embargo.

    It is the public page with the public template. What would be wrong before the hour is left
    out: the address in the API. Links lead to public pages only, as they do there; pictures and
    files have addresses that belong to the link. May scale pictures: call it outside transactions.
    """
    below = reverse("embargo_file", args=[token, _ANY]).removesuffix(_ANY)
    references = [each.reference() for each in version.references()]
    language = version.locale.language_code
    with translation.override(language), files_below(below, references=references):
        context = {
            **version.get_context(request),
            "api_url": "",
            "public_template": version.get_template(request),
            "embargo": moment_text(until),
        }
        return render_to_string("newsroom/embargo/release.html", context, request)
