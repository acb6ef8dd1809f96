"""The admin's side of releases: findings while somebody writes, and drafts made from releases."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from newsroom.releases import links
from newsroom.releases.models import PressReleasePage
from newsroom.releases.panels import TEMPLATE, findings
from newsroom.releases.selectors import beginnings_for, places_for, usable_version
from newsroom.releases.services import start_from


@require_GET
def preflight(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer with the findings of the newest version; with `links=1` also its dead links."""
    page = get_object_or_404(PressReleasePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    version = page.get_latest_revision_as_object()
    dead = None
    if request.GET.get("links") == "1":
        dead = [
            ("body", _("Nobody answers at this address: %s") % link)
            for link in links.dead(links.addresses(version.body))
        ]
    return TemplateResponse(request, TEMPLATE, findings(version, dead_links=dead))


class PlaceForm(forms.Form):
    """Where the new draft shall stand."""

    place: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Where the draft shall stand"), empty_label=None
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        """Offer `places`, pages below which the user may write."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = places
        field.initial = places.first()


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the empty form of a release; whoever writes for several houses chooses one first."""
    places = list(beginnings_for(request.user))
    if not places:
        raise PermissionDenied
    if len(places) == 1:
        return redirect(_empty_form(places[0]))
    choices = [(place.get_admin_display_title(), _empty_form(place)) for place in places]
    return TemplateResponse(request, "newsroom/releases/admin/begin.html", {"choices": choices})


def _empty_form(place: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["releases", "pressreleasepage", place.pk])


def use_as_template(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the place and make a new draft of the words of a release."""
    now = timezone.now()
    source = get_object_or_404(PressReleasePage, pk=page_id)
    version = usable_version(source, user=request.user, now=now)
    if version is None:
        raise Http404
    places = places_for(request.user, locale=source.locale)
    if not places.exists():
        raise PermissionDenied
    form = PlaceForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["place"].specific
        draft = start_from(version=version, parent=parent, user=request.user, now=now)
        messages.success(
            request, _("A new draft from “%s”. Say of which day it is.") % version.title
        )
        return redirect("wagtailadmin_pages:edit", draft.pk)
    context = {"page": source, "form": form}
    return TemplateResponse(request, "newsroom/releases/admin/use_as_template.html", context)
