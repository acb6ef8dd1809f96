"""The admin's and the public site's side of approval."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button

from cms.pages.gate import gate
from newsroom.approval.links import PublicPageLinkHandler
from newsroom.approval.selectors import is_public, notice
from newsroom.approval.views import ACTIONS
from newsroom.approval.views.emergency import warning

GONE = 410


# Before all others: nothing of a page may run for somebody who must not see it.
@hooks.register("before_serve_page", order=-1000)
def show_only_what_is_public(
    page: Any, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse | None:
    """Answer 410 for a page taken back and 404 for any other that is not public."""
    if is_public(page, now=timezone.now()):
        return None
    if gate().is_withdrawn(page):
        context = {"notice": notice(page)}
        return TemplateResponse(request, _withdrawn(page), context, status=GONE)
    raise Http404


def _withdrawn(page: Any) -> list[str]:
    """Return the templates of what was taken back: the page's room has words, or nobody has."""
    rooms = (page._meta.app_label, "approval")
    return [f"newsroom/{room}/withdrawn.html" for room in rooms]


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the pages on which people decide."""
    return [
        path(f"approval/<int:page_id>/{view.slug}/", view.as_view(), name=view.url_name())
        for view in ACTIONS
    ]


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def link_only_to_what_is_public(features: Any) -> None:
    """Let links in texts name no page before it is public."""
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("register_page_header_buttons")
def action_buttons(
    page: Any, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """Offer what this person may decide about the page at this moment."""
    page, now = page.specific, timezone.now()
    for priority, view in enumerate(ACTIONS, start=60):
        if view.is_offered(user=user, page=page, now=now):
            yield Button(view.title, view.url(page), icon_name=view.icon, priority=priority)


@hooks.register("before_edit_page")
def mark_emergencies(request: HttpRequest, page: Any) -> None:
    """Say on the page of an emergency release that it waits for a second person."""
    if request.method == "GET" and (text := warning(page, now=timezone.now())):
        messages.error(request, text)


@hooks.register("before_copy_page")
def refuse_copies_of_public_pages(request: HttpRequest, page: Any) -> None:
    """Make every copy a draft, whatever the form says."""
    if request.method == "POST" and request.POST.get("publish_copies"):
        form: Any = request.POST.copy()
        del form["publish_copies"]
        request.POST = form
        messages.warning(request, _("The copy is a draft: it needs an approval of its own."))


@hooks.register("construct_page_listing_buttons")
def drop_alias_buttons(buttons: list[Any], page: Any, user: Any, context: Any = None) -> None:
    """Offer no alias: a text is approved for one place."""
    buttons[:] = [button for button in buttons if "alias" not in str(getattr(button, "url", ""))]
