"""Home and standard pages: what is on the site besides press work."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.pages import sections
from cms.pages.governed import GovernedPage

RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "h2", "h3"]


class HomePage(GovernedPage):
    """The front page of one language."""

    claim = models.CharField(_("claim"), max_length=200, blank=True)
    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)

    content_panels = [*GovernedPage.content_panels, FieldPanel("claim"), FieldPanel("intro")]
    template = "cms/home_page.html"
    is_retractable = False
    parent_page_types = ["wagtailcore.Page"]
    max_count = None

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with the sections other rooms contribute."""
        return {**super().get_context(request, *args, **kwargs), **sections.collect("home", self)}


class StandardPage(GovernedPage):
    """A page of plain text: imprint, privacy, accessibility, about."""

    body = RichTextField(_("text"), features=RICH_TEXT)

    content_panels = [*GovernedPage.content_panels, FieldPanel("body")]
    must_be_translated = ("body",)
    template = "cms/standard_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
