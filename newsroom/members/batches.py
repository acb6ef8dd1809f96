"""Batches of imported drafts in the admin: what they hold, and approving what waits."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from newsroom.approval.models import FourEyesTask
from newsroom.members.batch_approval import approve_batch
from newsroom.members.houses import is_confined, own_pages
from newsroom.members.models import Batch, BatchItem

PER_PAGE = 50


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
    context = {"batch": found, "page_obj": shown}
    return TemplateResponse(request, "newsroom/members/batch.html", context)


@require_POST
def approve(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Approve what waits; each item by its own four-eyes task."""
    _assert_decides(request)
    found = get_object_or_404(_known(request.user)[0], pk=batch_id)
    decisions = approve_batch(batch=found, by=request.user)
    refused = [decision for decision in decisions if not decision.is_approved]
    counts = {"approved": len(decisions) - len(refused), "refused": len(refused)}
    messages.success(request, _("%(approved)d approved, %(refused)d refused.") % counts)
    for reason in sorted({decision.reason for decision in refused}):
        messages.error(request, reason)
    return redirect("member_batch", found.pk)
