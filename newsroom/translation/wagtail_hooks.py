"""Where translators find their work; and the doors that stay shut."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.pages.translated import source_of
from newsroom.approval.selectors import is_public
from newsroom.translation import views


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Mount the translators' pages, before the ones of wagtail-localize.

    This app stands before wagtail_localize in INSTALLED_APPS, so these addresses win. The views
    behind the rest publish or overwrite live pages and ask nobody: they stay shut.
    """
    return [
        path("translations/", views.overview, name="translation_overview"),
        path(
            "localize/submit/page/<int:page_id>/",
            views.start_translation,
            name="translation_start",
        ),
        re_path(r"^localize/", views.closed),
    ]


# Buttons of wagtail-localize that bring back the mode that writes into live pages.
SYNCHRONISED = frozenset({"localize-restart-translation", "localize-convert-to-alias"})


@hooks.register("before_edit_page", order=-100)
def refuse_synchronised_mode(request: HttpRequest, page: Any) -> None:
    """Answer 404 to the buttons of the synchronised mode, which are not offered either."""
    if SYNCHRONISED & request.POST.keys():
        raise Http404


@hooks.register("construct_page_action_menu")
def drop_synchronised_mode(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Offer no button of the synchronised mode: they would lead nowhere."""
    items[:] = [item for item in items if item.name not in SYNCHRONISED]


@hooks.register("before_edit_page")
def name_the_original(request: HttpRequest, page: Any) -> None:
    """Say above the form of a translation what it translates, and lead there."""
    source = source_of(page) if request.method == "GET" and not page.is_root() else None
    if source is None:
        return
    may_edit = source.permissions_for_user(request.user).can_edit()
    if not may_edit and not is_public(source, now=timezone.now()):
        return  # its title would tell of somebody's draft
    address = reverse("wagtailadmin_pages:edit", args=[source.pk]) if may_edit else source.url
    values = {"language": page.locale.get_display_name(), "title": source.get_admin_display_title()}
    messages.info(
        request,
        gettext("%(language)s: a translation of “%(title)s”.") % values,
        buttons=[messages.button(address, gettext("See the original"), new_window=True)],
    )


class TranslationMenuItem(MenuItem):
    """The entry for translators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user translates."""
        return request.user.has_perm("wagtail_localize.submit_translation")


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Offer the overview in the menu."""
    return TranslationMenuItem(
        _("Translations"), reverse("translation_overview"), icon_name="globe", order=300
    )
