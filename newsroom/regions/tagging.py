"""What every kind of page has that is tagged with regions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from newsroom.regions.models import Region


class RegionLink(Orderable):
    """A region a page is tagged with; each kind adds its `page`, related as `region_links`."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("Region")
    )

    panels = [FieldPanel("region")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("region")


class Tagged:
    """A page with `region_links`, which it must have before it is submitted."""

    region_links: Any

    def regions(self) -> list[Region]:
        """Return the regions this version is tagged with."""
        return [link.region for link in self.region_links.all()]

    def required_children(self) -> dict[str, str]:
        """Return what must be there at submission: relation -> what to do."""
        return {"region_links": str(_("Choose at least one region."))}
