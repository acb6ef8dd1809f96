"""News as Atom feeds, in the language of their address: what they share, and that of a region."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.pages import sections
from newsroom.regions.map import region_url
from newsroom.regions.names import slug as slug_of
from newsroom.regions.place import Entry, Place
from newsroom.regions.selectors import current, display_name
from newsroom.regions.views import find

# XML has no place for them; they come with what is pasted from other programs.
_CONTROLS = dict.fromkeys(each for each in range(32) if chr(each) not in "\t\n\r")


class EntryFeed(Feed):
    """A feed of entries; a subclass says of which."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed, or that it has not changed.

        Its time is no sign of that: when the newest release is taken back, it goes back as well.
        """
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        set_response_etag(response)
        etag = response["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response

    def item_title(self, entry: Entry) -> str:
        """Return the headline."""
        return entry.title.translate(_CONTROLS)

    def item_description(self, entry: Entry) -> str:
        """Return the lead."""
        # Readers of feeds take it for HTML.
        return escape(entry.summary.translate(_CONTROLS))

    def item_link(self, entry: Entry) -> str:
        """Return the path of the release."""
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        """Return an identifier that never changes."""
        return entry.key

    def item_author_name(self, entry: Entry) -> str:
        """Return the issuing member, empty when it is not public."""
        return entry.author.translate(_CONTROLS)

    def item_categories(self, entry: Entry) -> tuple[str, ...]:
        """Return the regions the release is about."""
        return entry.regions

    def item_pubdate(self, entry: Entry) -> datetime:
        """Return when it became public."""
        return entry.published_at

    def item_updateddate(self, entry: Entry) -> datetime:
        """Return when its present version became public."""
        return entry.updated_at


class RegionFeed(EntryFeed):
    """What is public of a region's news at the moment of the request."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; other keys and slugs redirect for good, unknown ones are 404."""
        region = current(find(kwargs["key"]))
        wanted = {"key": region.key, "slug": slug_of(region.full_name)}
        if kwargs != wanted:
            return HttpResponsePermanentRedirect(reverse("region_feed", kwargs=wanted))
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, key: str, slug: str) -> Place:
        """Return the region at this moment."""
        language = get_language() or "de"
        return Place(region=find(key), language=language, now=timezone.now())

    def title(self, place: Place) -> str:
        """Return the feed's title."""
        return _("News for %(place)s") % {"place": display_name(place.region, place.language)}

    def link(self, place: Place) -> str:
        """Return the address of the region's page."""
        return region_url(place.region)

    def items(self, place: Place) -> Sequence[Entry]:
        """Return the entries, the newest first."""
        entries: list[Entry] = sections.collect("region_feed", place).get("entries", [])
        return entries
