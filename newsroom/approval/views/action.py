"""The page that asks before something is done."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.models import Page

from cms.pages.gate import RefusedError
from newsroom.approval.rules import OutdatedError


class ActionForm(forms.Form):
    """What is asked before something is done; `shown` is the mark of what the person has read."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class PageAction(FormView):
    """Says what will happen to a page, asks what has to be known, and does it.

    Subclasses say who is offered the action; whoever is not gets no button and no page. Those in
    which something becomes or stays public name it as their `subject`: nobody decides about a text
    that took the place of the one on their screen.
    """

    template_name = "newsroom/approval/action.html"
    form_class: type[ActionForm] = ActionForm
    slug: str  # last part of the address; the name of the URL is "approval_" + slug
    title: Any
    explanation: Any
    button: Any
    icon = "circle-check"
    is_serious = False

    @classmethod
    def is_offered(cls, *, user: Any, page: Any, now: datetime) -> bool:
        """Return whether `user` may do this to `page` at this moment."""
        raise NotImplementedError

    def act(self, form: Any, *, now: datetime) -> str:
        """Do it and return what the person is told. Raises forms.ValidationError for bad input."""
        raise NotImplementedError

    def find_subject(self, *, now: datetime) -> Any:
        """Return what is decided about if it is not the page: it is `subject` from then on."""
        return None

    def mark(self) -> str:
        """Return what tells the subject from everything that may take its place."""
        return ""

    def details(self) -> list[tuple[Any, Any]]:
        """Return what the person should see before deciding: (label, value)."""
        return []

    @classmethod
    def url_name(cls) -> str:
        """Return the name of the action's address."""
        return f"approval_{cls.slug}"

    @classmethod
    def url(cls, page: Any) -> str:
        """Return the address of the action for `page`."""
        return reverse(cls.url_name(), args=[page.pk])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the page, and refuse whoever is not offered the action."""
        now = timezone.now()
        self.page = get_object_or_404(Page, pk=kwargs["page_id"], depth__gt=1).specific
        if not self.is_offered(user=request.user, page=self.page, now=now):
            raise PermissionDenied
        self.subject = self.find_subject(now=now)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Let the form carry what is shown."""
        return {"shown": self.mark()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Act, and go back to the page; also where it was refused, which is said there."""
        try:
            if form.cleaned_data["shown"] != self.mark():
                raise OutdatedError
            messages.success(self.request, self.act(form, now=timezone.now()))
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except RefusedError as error:
            messages.error(self.request, str(error))
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context."""
        return super().get_context_data(
            page=self.page, action=self, details=self.details(), **kwargs
        )


def may_edit(user: Any, page: Any) -> bool:
    """Return whether `user` has the right to write on `page`."""
    return bool(page.permissions_for_user(user).can_edit())


def moment(value: datetime) -> str:
    """Return date and time as people read them, in local time."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
