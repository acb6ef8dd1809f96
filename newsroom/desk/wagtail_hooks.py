"""Where people meet the desk: the admin's home, the page under review, their account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.forms import Media
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets import Button
from wagtail.models import Page, WorkflowState

from newsroom.approval.selectors import is_public
from newsroom.desk import views
from newsroom.desk.forms import DeputyForm
from newsroom.desk.outcome import outcome
from newsroom.desk.post import name_of
from newsroom.desk.presentation import dashboard

# Wagtail's own panels that say the same, with less.
REPLACED = {
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "recent_edits",
}


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the view that arranges a review."""
    return [path("desk/reviews/<int:review_id>/", views.review, name="desk_review")]


class DashboardPanel(Component):
    """What waits for the account that looks at it."""

    name = "desk"
    order = 100
    template_name = "newsroom/desk/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the sections for the account of the request."""
        request = parent_context["request"] if parent_context else None
        return {"sections": dashboard(request.user, now=timezone.now()) if request else []}

    @property
    def media(self) -> Media:
        """Return the look of the dashboard and its countdown."""
        return Media(css={"all": ["newsroom/desk.css"]}, js=["newsroom/desk.js"])


@hooks.register("construct_homepage_panels")
def show_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """Put the dashboard in place of Wagtail's panels."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    panels.append(DashboardPanel())


@dataclass(frozen=True, slots=True)
class _Way:
    """Where somebody who decides wants to go from the page under review."""

    label: str
    address: str
    icon: str
    is_new_window: bool = False


def _ways(page: Any, user: Any) -> Iterator[_Way]:
    """Yield the ways for somebody who may decide about `page` now; none for others."""
    step = page.current_workflow_task_state
    if step is None or not step.task.specific.get_actions(page, user):
        return
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, step.task_id])
    yield _Way(_("See it as readers will"), preview, "view", is_new_window=True)
    if page.live:
        versions = [page.pk, "live", step.revision_id]
        compare = reverse("wagtailadmin_pages:revisions_compare", args=versions)
        yield _Way(_("Difference to the public version"), compare, "history")
    if hasattr(step, "desk_review"):
        arrange = reverse("desk_review", args=[step.pk])
        yield _Way(_("Due date and hand-over"), arrange, "user")


@hooks.register("register_page_header_buttons")
def review_buttons(
    page: Any, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """Offer, on a page under review, what somebody who decides wants to see first."""
    if view_name != "edit":
        return
    for priority, way in enumerate(_ways(page, user), start=1):
        attributes = {"target": "_blank", "rel": "noreferrer"} if way.is_new_window else {}
        yield Button(
            way.label, way.address, icon_name=way.icon, attrs=attributes, priority=priority
        )


@hooks.register("before_edit_page")
def say_what_waits(request: HttpRequest, page: Any) -> None:
    """Say above the form that the text waits for this person's decision, with the same ways.

    Or that it has come back, and why.
    """
    if request.method != "GET":
        return
    buttons = [
        messages.button(way.address, way.label, new_window=way.is_new_window)
        for way in _ways(page, request.user)
    ]
    if buttons:
        messages.info(request, _("This text waits for your decision."), buttons=buttons)
    if text := _return(page):
        messages.warning(request, text)


def _return(page: Any) -> str:
    """Return who sent the text back, and with what words; empty when it was not."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    step = state.current_task_state
    values = {"name": name_of(step.finished_by), "comment": step.comment}
    return _("%(name)s has returned this text: %(comment)s") % values


@hooks.register("construct_page_action_menu")
def put_decisions_first(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Make the decision the big button for whom it waits; what was written is saved below it."""
    items.sort(key=lambda item: not isinstance(item, WorkflowMenuItem))


@hooks.register("after_edit_page")
def say_what_was_decided(request: HttpRequest, page: Any) -> None:
    """Say what the decision has led to, in place of Wagtail's "has been updated"."""
    action = request.POST.get("workflow-action-name", "")
    now = timezone.now()
    text = outcome(page=page, user=request.user, action=action, now=now)
    if not text:
        return
    list(get_messages(request))  # read, they are not shown again
    buttons = []
    if is_public(page, now=now):
        address = Page.objects.get(pk=page.pk).specific.url
        buttons.append(messages.button(address, _("See the public page")))
    messages.success(request, text, buttons=buttons)


class DeputyPanel(BaseSettingsPanel):
    """Who stands in for this account."""

    name = "deputy"
    title = gettext_lazy("Deputy")
    order = 150
    form_class = DeputyForm


@hooks.register("register_account_settings_panel")
def deputy_panel(request: HttpRequest, user: Any, profile: Any) -> DeputyPanel:
    """Offer to name a deputy among the settings of an account."""
    return DeputyPanel(request, user, profile)
