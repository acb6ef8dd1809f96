"""All news of a language as an Atom feed."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsroom.regions.feeds import EntryFeed
from newsroom.regions.place import Entry
from newsroom.releases.models import PressReleasePage
from newsroom.releases.presentation import issuers
from newsroom.releases.regional import IN_FEED, entry
from newsroom.releases.selectors import newest


class NewsFeed(EntryFeed):
    """The newest releases that are public at the moment of the request."""

    def title(self) -> str:
        """Return the feed's title."""
        return _("News from %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}

    def link(self) -> str:
        """Return the address of the home page in the same language."""
        return f"/{_language()}/"

    def items(self) -> Sequence[Entry]:
        """Return the entries, the newest first; those of the language alone, as on the list."""
        language = _language()
        pages = PressReleasePage.objects.filter(locale__language_code=language)
        shown = list(newest(pages, now=timezone.now())[:IN_FEED])
        names = issuers(shown, language)
        return [entry(page, names, language) for page in shown]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
