"""The coverage map in the admin, for the alliance's office."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from newsroom.offers.coverage import coverage, flush
from newsroom.regions.selectors import valid
from newsroom.vocabularies.selectors import label_map

DEFAULT_LANGUAGE = "ar"


def show(request: HttpRequest) -> HttpResponse:
    """Show a table of districts and fields for speakers of one language."""
    if not request.user.has_perm("approval.retract"):
        raise PermissionDenied
    flush()
    interface = get_language() or "de"
    languages = label_map("language_spoken", interface)
    language = request.GET.get("language", DEFAULT_LANGUAGE)
    language = language if language in languages else DEFAULT_LANGUAGE
    states = list(valid().filter(level="state").order_by("full_name"))
    state = request.GET.get("state", settings.LAND)
    state = state if state in {each.key for each in states} else settings.LAND
    districts = valid().filter(parent=state, level="district").order_by("name")
    fields = label_map("field_of_action", interface)
    cells = coverage(
        language=language,
        regions=[district.key for district in districts],
        now=timezone.now(),
    )
    rows: list[dict[str, Any]] = [
        {"district": district, "cells": [cells[district.key, field] for field in fields]}
        for district in districts
    ]
    context = {
        "rows": rows,
        "fields": list(fields.values()),
        "languages": languages.items(),
        "language": language,
        "states": states,
        "state": state,
    }
    return TemplateResponse(request, "newsroom/offers/coverage.html", context)
