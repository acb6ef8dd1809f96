"""The translators' pages in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Locale, Page

from newsroom.translation import selectors
from newsroom.translation.services import start

PER_PAGE = 25


class StartForm(forms.Form):
    """Into which languages a page is translated."""

    locales = forms.ModelMultipleChoiceField(
        label=_("Languages"),
        queryset=Locale.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        """Offer the languages that `page` has no version in."""
        super().__init__(*args, **kwargs)
        self.fields["locales"].queryset = selectors.missing_locales(page)  # type: ignore[attr-defined]


def overview(request: HttpRequest) -> HttpResponse:
    """List the public pages and how far their translations are."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    now = timezone.now()
    shown = Paginator(selectors.sources(now=now), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Translations"),
        "header_icon": "globe",
        "page_obj": shown,
        "items": selectors.items(list(shown.object_list), now=now),
    }
    return TemplateResponse(request, "newsroom/translation/overview.html", context)


def start_translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the languages and create the drafts."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id).specific
    if page.is_root() or not selectors.may_begin(page, user=request.user, now=timezone.now()):
        raise Http404
    initial = {"locales": Locale.objects.filter(language_code=request.GET.get("select_locale", ""))}
    form = StartForm(request.POST or None, page=page, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafts = start(
            page=page,
            locales=form.cleaned_data["locales"],
            user=request.user,
            now=timezone.now(),
        )
        names = ", ".join(str(draft.locale.get_display_name()) for draft in drafts)
        messages.success(
            request,
            gettext("Drafts in %(languages)s. They have the original's text: write over it.")
            % {"languages": names},
        )
        return redirect("wagtailadmin_pages:edit", drafts[0].pk)
    return TemplateResponse(
        request, "newsroom/translation/start.html", {"page": page, "form": form}
    )


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Answer 404: views that would publish translations without approval."""
    raise Http404
