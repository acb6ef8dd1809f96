"""Where the stranger looks after a step, and at the end."""

from collections.abc import Iterable
from random import Random
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from tests.proof.crawl import Crawler, LeakError, MissingError, files_of, lists, searches
from tests.proof.model import IN_ADDRESSES, PRIVATE, Invited, Item, Model, public_words

# Which share of the other surfaces a step looks at, with an address of each, and how many
# addresses of each the last look takes; see docs/proof.md.
OTHERS, MOST = 0.1, 5
GONE = 410
NEW_LISTS = 10  # steps after which it is asked anew which lists there are


class Looker:
    """Chooses the addresses; what their answers may say is the crawler's affair."""

    def __init__(
        self, model: Model, crawler: Crawler, rng: Random, *, others: float, most: int
    ) -> None:
        self.model, self.crawler, self.rng = model, crawler, rng
        self.others, self.most = others, most
        self._lists: dict[str, list[str]] = {}
        self._steps = 0

    def look_around(self, touched: Iterable[Item]) -> None:
        """Look at what a step touched, at a share of everything else and at a personal link."""
        for item in touched:
            self.look_at(item)
        if self._steps % NEW_LISTS == 0:
            self._lists = by_surface()
        self._steps += 1
        self.crawler.look(self.sample())
        if self.model.invited:
            self.look_as_invited(self.rng.choice(self.model.invited))

    def look_at(self, item: Item) -> None:
        """Look at an item: at its addresses, for one of its words, at a file."""
        now = timezone.now()
        if not item.is_doubtful:
            is_visible = item.is_visible(now)
            self.crawler.look_at(item, is_visible=is_visible, at_random=self.rng)
        versions = [v for v in (item.draft, item.approved, item.live) if v]
        words = {w for v in versions for w in v.words.values()} | item.told
        word = self.rng.choice(sorted(words | {item.notice or item.draft.words["t"]}))
        self.crawler.look([f"/api/v1/search?q={word}&lang={item.language}"])
        if item.image or item.file:
            files = files_of(item)
            self.crawler.look(self.rng.sample(files, min(1, len(files))))

    def look_as_invited(self, invited: Invited) -> None:
        """Open a personal link: it shows its version, or nothing of it."""
        now = timezone.now()
        reads = self.model.reads(invited, now)
        more = public_words(invited.version) if reads is not False else set()
        seen = self.crawler.look([invited.link], more=more)
        if reads and invited.version.words["t"] not in seen:
            raise MissingError(f"{invited.link} shows nothing to whom was invited")

    def look_everywhere(self) -> None:
        """Look at every surface; what must be visible must have been seen.

        Of a surface with many lists (search: each value of each facet in each language) it takes
        `most`, always others; of every item its own addresses, files and words.
        """
        now = timezone.now()
        seen: dict[Any, set[str]] = {}
        for name, found in by_surface().items():
            seen[name] = self.crawler.look(dict.fromkeys([found[0], *self._some(found, self.most)]))
        for item in self.model.items:
            if not item.is_doubtful:
                seen[item.pk] = self.crawler.look_at(item, is_visible=item.is_visible(now))
            seen["media"] |= self.crawler.look(files_of(item), thorough=True)
            version = item.live or item.draft
            self.crawler.look(self.rng.sample(searches(version.words["t"]), 1))
            self._look_for_notice(item)
        for invited in self.model.invited:
            self.look_as_invited(invited)
        for item in self.model.visible(now):
            if item.is_doubtful or item.live is None:
                continue
            hidden = IN_ADDRESSES + PRIVATE
            words = {word for field, word in item.live.words.items() if field not in hidden}
            if missing := words - seen[item.pk]:
                raise MissingError(f"{sorted(missing)} of page {item.pk} show nowhere")
            if item.language == "de" and item.live.words["t"] not in seen["search API"]:
                raise MissingError(f"page {item.pk} is not found")

    def _look_for_notice(self, item: Item) -> None:
        """Check that a page taken back says so where it was, and why, once that is approved."""
        if item.is_withdrawn is not True or item.is_alias or item.is_doubtful:
            return
        (answer,) = self.crawler.reader.ask(Page.objects.get(pk=item.pk).url)
        if answer.status != GONE or (item.notice and item.notice not in answer.text):
            raise MissingError(f"page {item.pk} answers {answer.status} without its notice")
        if item.proposed and item.proposed[1] in answer.text:
            raise LeakError(f"page {item.pk} shows a notice that nobody has approved")

    def sample(self) -> list[str]:
        """Return an address of each of some surfaces, always others."""
        self._lists = self._lists or by_surface()
        chosen = [found for found in self._lists.values() if self.rng.random() < self.others]
        return [self.rng.choice(found) for found in chosen]

    def _some(self, found: list[str], most: int) -> list[str]:
        return found if len(found) <= most else self.rng.sample(found, most)


def by_surface() -> dict[str, list[str]]:
    """Return the addresses of the lists of every surface."""
    found: dict[str, list[str]] = {}
    for name, address in lists():
        found.setdefault(name, []).append(address)
    return found
