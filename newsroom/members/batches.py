"""Batches of imported drafts in the admin: what they hold, and approving what waits."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import TaskState

from newsroom.approval.models import FourEyesTask
from newsroom.members.batch_approval import approve_batch, waiting
from newsroom.members.houses import is_confined, own_pages
from newsroom.members.models import Batch, BatchItem

PER_PAGE = 50
# Items approved by one request: about two seconds in which SQLite lets nobody else write.
AT_ONCE = 25

BIGGEST = 2**63 - 1


class GoOnForm(forms.Form):
    """Where the approval of a batch goes on, and what was there when somebody looked."""

    after = forms.IntegerField(
        required=False, min_value=0, max_value=BIGGEST, widget=forms.HiddenInput
    )
    newest = forms.IntegerField(
        required=False, min_value=0, max_value=BIGGEST, widget=forms.HiddenInput
    )


def _assert_decides(request: HttpRequest) -> None:
    """Raise PermissionDenied for whoever belongs to no group that decides about texts."""
    if not FourEyesTask.objects.filter(active=True, groups__user=request.user.pk).exists():
        raise PermissionDenied


def _known(user: Any) -> tuple[QuerySet[Batch], QuerySet[BatchItem]]:
    """Return the batches and items `user` may know of.

    Whoever decides about the texts of one house does not read the drafts of the others.
    """
    batches, items = Batch.objects.all(), BatchItem.objects.all()
    if not is_confined(user):
        return batches, items
    items = items.filter(page__in=own_pages(user).values("pk"))
    return batches.filter(pk__in=items.values("batch")), items


def batches(request: HttpRequest) -> HttpResponse:
    """List the batches, the newest first."""
    _assert_decides(request)
    found = _known(request.user)[0].select_related("created_by")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_title": _("Imports"), "header_icon": "upload", "page_obj": shown}
    return TemplateResponse(request, "newsroom/members/batches.html", context)


def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show what a batch holds."""
    _assert_decides(request)
    known, items = _known(request.user)
    found = get_object_or_404(known, pk=batch_id)
    held = items.filter(batch=found).select_related("page").order_by("pk")
    shown = Paginator(held, PER_PAGE).get_page(request.GET.get("p"))
    left = waiting(held).count()
    context = {
        "batch": found,
        "page_obj": shown,
        "total": held.count(),
        "waiting": left,
        "at_once": min(left, AT_ONCE),
        "form": GoOnForm(
            initial={
                "after": request.GET.get("after", 0),
                "newest": TaskState.objects.aggregate(newest=Max("pk"))["newest"],
            }
        ),
    }
    return TemplateResponse(request, "newsroom/members/batch.html", context)


@require_POST
def approve(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Approve the next items that wait, each by its own four-eyes task, and lead to the rest.

    Some at a time: nobody else writes in the meantime, and the server waits for no request longer
    than for others. What was refused is passed over until all the others had their turn.
    """
    _assert_decides(request)
    known, items = _known(request.user)
    found = get_object_or_404(known, pk=batch_id)
    form = GoOnForm(request.POST)
    if not form.is_valid():
        return redirect("member_batch", found.pk)
    left = waiting(items.filter(batch=found), newest=form.cleaned_data["newest"]).filter(
        pk__gt=form.cleaned_data["after"] or 0
    )
    some = list(left[:AT_ONCE])
    decisions = approve_batch(batch=found, by=request.user, items=some)
    refused = [decision for decision in decisions if not decision.is_approved]
    counts = {"approved": len(decisions) - len(refused), "refused": len(refused)}
    messages.success(request, _("%(approved)d approved, %(refused)d refused.") % counts)
    for reason in sorted({decision.reason for decision in refused}):
        messages.error(request, reason)
    address = reverse("member_batch", args=[found.pk])
    if some and left.filter(pk__gt=some[-1].pk).exists():
        address += f"?after={some[-1].pk}"
    return redirect(address)
