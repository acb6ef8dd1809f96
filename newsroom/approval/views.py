"""Taking a page back: the one thing a single editor does at once."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from newsroom.approval.selectors import is_public
from newsroom.approval.services import retract


class RetractForm(forms.Form):
    """Why a page is taken offline."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stays in the record of the newsroom; readers do not see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def may_retract(user: Any, page: Any) -> bool:
    """Return whether `user` may take `page` offline."""
    if not getattr(page, "is_retractable", False):
        return False
    return bool(user.has_perm("approval.retract") and page.permissions_for_user(user).can_edit())


def retract_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason and take the page and its translations offline."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_retract(request.user, page):
        raise PermissionDenied
    form = RetractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = retract(
            page=page,
            user=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        messages.success(
            request,
            _("“%(title)s” is offline: %(count)d page(s) taken back.")
            % {"title": page.get_admin_display_title(), "count": len(taken)},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"page": page, "form": form, "is_public": is_public(page, now=timezone.now())}
    return TemplateResponse(request, "newsroom/approval/retract.html", context)
