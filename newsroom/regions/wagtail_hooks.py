"""A chooser for regions in the editor: search by name, key or postal code."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from newsroom.regions.forms import RegionFilterForm
from newsroom.regions.selectors import valid


class _RegionList(BaseChooseView):
    filter_form_class = RegionFilterForm

    @property
    def columns(self) -> list[Any]:
        """Show what a bare name would leave open: level and parent."""
        return [
            self.title_column,
            Column("level", label=_("Level"), accessor="get_level_display"),
            Column("parent", label=_("Lies in"), accessor="parent"),
            Column("key", label=_("Key"), accessor="key"),
        ]

    def get_object_list(self) -> Any:
        """Return the regions of today with their parents, the big ones first."""
        return valid().order_by("-population")


class _ChooseRegion(ChooseViewMixin, CreationFormMixin, _RegionList):
    pass


class _ChooseRegionResults(ChooseResultsViewMixin, CreationFormMixin, _RegionList):
    pass


class RegionChooserViewSet(ChooserViewSet):
    """Lets an editor choose regions of the gazetteer."""

    model = "regions.Region"
    icon = "site"
    choose_one_text = _("Choose a region")
    choose_another_text = _("Choose another region")
    choose_view_class = _ChooseRegion
    choose_results_view_class = _ChooseRegionResults
    per_page = 15

    def get_urlpatterns(self) -> list[Any]:
        """Leave out the view that creates: regions come from the official files alone."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


@hooks.register("register_admin_viewset")
def register_region_chooser() -> RegionChooserViewSet:
    """Offer the chooser to the editor."""
    return RegionChooserViewSet("region_chooser")
