"""The door between the houses in the admin."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.pages.reach import look_as
from newsroom.approval.visibility import HOME_DEPTH
from newsroom.members.desk import may_open
from newsroom.members.houses import is_confined


class HouseMiddleware:
    """Answers 404 to people of single houses for every page of the platform that is not theirs.

    404, because a refusal would tell that there is something.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done in process_view."""
        try:
            return self.get_response(request)
        finally:
            look_as(None)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look at the address before the view does."""
        match, user = request.resolver_match, request.user
        if match is None or match.route.split("/", 1)[0] != "admin" or not user.is_authenticated:
            return None
        name = match.view_name or "wagtail"  # a page without a name is of the platform
        if not is_confined(user):
            return None
        look_as(user)
        if not may_open(
            user=user,
            name=name,
            arguments=kwargs,
            query=request.GET,
            posted=request.POST,
            now=timezone.now(),
        ):
            raise Http404
        if name == "wagtailadmin_choose_page":
            return _choose_from_home(request)
        return None


def _choose_from_home(request: HttpRequest) -> HttpResponse | None:
    """Begin choosing at the home page; the platform begins at the pages' common ancestor.

    That may be a draft of another house.
    """
    home = Page.objects.filter(depth=HOME_DEPTH).order_by("pk").first()
    if home is None:
        return None
    address = reverse("wagtailadmin_choose_page_child", args=[home.pk])
    return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
