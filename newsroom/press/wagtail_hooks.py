"""Boilerplates and press contacts in the admin: lists, forms and choosers, each of the own houses.

There is no view to delete, copy or count uses: a version stays, and who uses it is nobody else's
business.
"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from newsroom.press.forms import VersionForm
from newsroom.press.models import Boilerplate, PressContact, Version
from newsroom.press.selectors import choosable, newest_of_own_houses

MAX_DIGITS = 18  # more than a database counts
VIEWS = frozenset({"index", "index_results", "add", "edit"})


def _form(*fields: str) -> ObjectList:
    """Return the form of a text: whose it is, what it says, whether it is still in use."""
    return ObjectList(
        [
            FieldPanel("member", widget=forms.Select),
            *map(FieldPanel, fields),
            FieldPanel("is_retired"),
        ],
        base_form_class=VersionForm,
    )


class _Index(generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return newest_of_own_houses(self.model, self.request.user)


class _Edit(generic.EditView):
    def get_object(self, queryset: QuerySet | None = None) -> Any:
        # Wagtail asks the policy about the model alone, not about this version.
        found = super().get_object(queryset)
        if not self.user_has_permission_for_instance("change", found):
            raise Http404
        return found

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)


_RETIRED = BooleanColumn("is_retired", label=_("No longer in use"))


class VersionViewSet(ModelViewSet):
    """Lists the newest versions and writes new ones."""

    copy_view_enabled = False
    index_view_class = _Index
    edit_view_class = _Edit
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        """Leave out what would show or change more than the newest versions."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in VIEWS]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Let no view link to the ones that are left out."""
        left_out = dict.fromkeys(("history_url_name", "usage_url_name", "delete_url_name"))
        return super().get_common_view_kwargs(**{**left_out, **kwargs})


class BoilerplateViewSet(VersionViewSet):
    """Boilerplates."""

    model = Boilerplate
    name = "boilerplates"
    icon = "doc-full"
    edit_handler = _form("heading", "text")
    list_display = ["heading", Column("member", label=_("Member")), "created_at", _RETIRED]
    search_fields = ["heading", "text", "member__title"]
    search_backend_name = None


class PressContactViewSet(VersionViewSet):
    """Press contacts."""

    model = PressContact
    name = "press_contacts"
    icon = "user"
    edit_handler = _form("name", "role", "phone", "email")
    list_display = ["name", "role", Column("member", label=_("Member")), _RETIRED]
    search_fields = ["name", "role", "member__title"]
    search_backend_name = None


class PressGroup(ModelViewSetGroup):
    """Both under one entry of the menu."""

    menu_label = _("Press texts")
    menu_icon = "doc-full"
    menu_order = 250
    items = (BoilerplateViewSet("boilerplates"), PressContactViewSet("press_contacts"))


def _is_number(pk: str) -> bool:
    return pk.isdecimal() and len(pk) <= MAX_DIGITS


class _OwnChoices:
    """What every view of the choosers starts from."""

    model_class: type[Version]
    request: HttpRequest

    def get_object_list(self) -> QuerySet:
        return choosable(self.model_class, self.request.user)

    def get_object(self, pk: str) -> Any:
        return self.get_object_list().get(pk=pk if _is_number(pk) else None)

    def get_objects(self, pks: list[str]) -> QuerySet:
        return self.get_object_list().filter(pk__in=filter(_is_number, pks))


class _Choose(_OwnChoices, chooser.ChooseView):
    pass


class _ChooseResults(_OwnChoices, chooser.ChooseResultsView):
    pass


class _Chosen(_OwnChoices, chooser.ChosenView):
    pass


class _ChosenMultiple(_OwnChoices, chooser.ChosenMultipleView):
    pass


class VersionChooserViewSet(ChooserViewSet):
    """Offers the newest versions of the own houses."""

    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple
    per_page = 15

    def get_urlpatterns(self) -> list[Any]:
        """Leave out the view that creates: the forms above ask for the house."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class BoilerplateChooserViewSet(VersionChooserViewSet):
    """Chooses a boilerplate."""

    model = Boilerplate
    icon = "doc-full"
    choose_one_text = _("Choose a boilerplate")
    choose_another_text = _("Choose another boilerplate")


class PressContactChooserViewSet(VersionChooserViewSet):
    """Chooses a press contact."""

    model = PressContact
    icon = "user"
    choose_one_text = _("Choose a press contact")
    choose_another_text = _("Choose another press contact")


@hooks.register("register_admin_viewset")
def register_press() -> list[Any]:
    """Offer lists, forms and choosers."""
    return [
        PressGroup(),
        BoilerplateChooserViewSet("boilerplate_chooser"),
        PressContactChooserViewSet("press_contact_chooser"),
    ]
