"""What editors see of search in the admin: the documents that the index refused."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from search import parking, selectors
from search.models import SearchDocument

PERMISSION = "search.change_searchdocument"
PER_PAGE = 50


class AgainForm(forms.Form):
    """Which rows are tried again; none named means all."""

    row = forms.ModelChoiceField(SearchDocument.objects.filter(is_parked=True), required=False)


def parked_report(request: HttpRequest) -> HttpResponse:
    """List the parked rows with their errors; a POST tries one or all again."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if request.method == "POST":
        form = AgainForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("This document was tried again in the meantime."))
            return redirect("search_parked")
        row = form.cleaned_data["row"]
        count = parking.try_again(ids=[row.pk] if row else None)
        messages.success(
            request,
            ngettext(
                "%(count)d document will be tried again now.",
                "%(count)d documents will be tried again now.",
                count,
            )
            % {"count": count},
        )
        return redirect("search_parked")
    context: dict[str, Any] = {
        "page_title": _("Search index"),
        "page_subtitle": _("Documents that the index refused"),
        "header_icon": "search",
        "page_obj": Paginator(parking.parked(), PER_PAGE).get_page(request.GET.get("p")),
        "lag": selectors.lag(timezone.now()),
    }
    return TemplateResponse(request, "search/admin/parked.html", context)
