"""The list of hints in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.members.houses import own_pages
from newsroom.offers.models import Hint
from newsroom.offers.services import finish_hint

PER_PAGE = 50


def visible_hints(user: Any) -> QuerySet[Hint]:
    """Return the hints about offers that `user` may edit, the newest first."""
    return Hint.objects.filter(page__in=own_pages(user).values("pk")).select_related("page")


def hints(request: HttpRequest) -> HttpResponse:
    """List the hints, those that wait first."""
    # Said outright: databases differ in where they put what has no date.
    waiting_first = F("done_at").asc(nulls_first=True)
    found = visible_hints(request.user).order_by(waiting_first, "-pk")
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_title": _("Hints"), "header_icon": "warning", "page_obj": shown}
    return TemplateResponse(request, "newsroom/offers/hints.html", context)


@require_POST
def finish(request: HttpRequest, hint_id: int) -> HttpResponse:
    """Mark a hint as dealt with."""
    found = get_object_or_404(visible_hints(request.user), pk=hint_id)
    finish_hint(hint=found, user=request.user, now=timezone.now())
    return redirect("offer_hints")
