"""Links between pages in running text."""

from typing import Any

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from newsroom.approval.selectors import public


class PublicPageLinkHandler(PageLinkHandler):
    """Writes the address of a page only while it is public; before, the words stand unlinked.

    The address of an embargoed release would tell its title.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return an opening <a> for each link."""
        wanted = [page.localized if page else None for page in cls.get_many(attrs_list)]
        ids = [page.pk for page in wanted if page]
        shown = public(Page.objects.filter(pk__in=ids), now=timezone.now())
        public_ids = set(shown.values_list("pk", flat=True))
        return [
            f'<a href="{escape(page.url)}">' if page and page.pk in public_ids else "<a>"
            for page in wanted
        ]
