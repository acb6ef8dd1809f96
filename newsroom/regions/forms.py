"""The search field of the region chooser."""

from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from newsroom.regions.lookup import suggest


class RegionFilterForm(BaseFilterForm):
    """Filters regions by what an editor types: a name, a key or a postal code."""

    q = forms.CharField(
        label=_("Name, official key or postal code"),
        widget=forms.TextInput(attrs={"placeholder": _("Wolfenbüttel, 03158 or 38300")}),
        required=False,
        max_length=100,
    )

    def filter(self, objects: Any) -> Any:
        """Return the regions that match the field, all when it is empty."""
        text = (self.cleaned_data.get("q") or "").strip()
        if not text:
            return objects
        self.is_searching = True
        self.search_query = text
        found = [region.pk for region in suggest(text, limit=50)]
        places = Case(*(When(pk=key, then=Value(place)) for place, key in enumerate(found)))
        return objects.filter(pk__in=found).order_by(places) if found else objects.none()
