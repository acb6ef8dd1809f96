"""Reading the public site for canaries."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone
from wagtail.models import Page

from cms.delivery import addresses, surfaces
from cms.delivery.probe.walk import Answer, Reader
from tests.proof.model import Item, Model

CANARY = re.compile(r"zq[0-9a-f]{10}qz")
SEARCH = "/api/v1/search"


class LeakError(AssertionError):
    """Something shows that must not."""


class MissingError(AssertionError):
    """Something does not show that must: an empty site would keep every secret."""


class BrokenError(AssertionError):
    """The site fails over something; with every guard in place nothing makes it do so."""


@dataclass
class Crawler:
    """A stranger who knows every address and every secret word."""

    model: Model
    reader: Reader = field(default_factory=Reader)
    requests: int = 0

    def look(
        self, wanted: Iterable[str], *, more: Iterable[str] = (), thorough: bool = False
    ) -> set[str]:
        """Ask the addresses; return the canaries seen. `more` may show besides what must.

        `thorough` asks for files also in part and for their head alone.
        """
        allowed = self.model.words(timezone.now()) | set(more)
        seen: set[str] = set()
        for address in wanted:
            for answer in islice(self.reader.ask(address), None if thorough else 1):
                self.requests += 1
                seen |= self._read(answer, allowed)
        return seen

    def look_at(self, item: Item, *, is_visible: bool, at_random: Random | None = None) -> set[str]:
        """Ask for one item at its own addresses (or one of them): it is there, or it is not."""
        page = Page.objects.get(pk=item.pk)
        wanted = [page.url]
        if item.kind == "release" and not item.is_alias:
            wanted.append(f"/api/v1/releases/{page.translation_key}?lang={item.language}")
        seen: set[str] = set()
        for address in [at_random.choice(wanted)] if at_random else wanted:
            (answer,) = self.reader.ask(address)
            self.requests += 1
            seen |= self._read(answer, self.model.words(timezone.now()))
            if is_visible and answer.status != 200:
                raise MissingError(f"{address} answers {answer.status}")
            if not is_visible and answer.status == 200:
                raise LeakError(f"{address} answers although nothing may")
        return seen

    def _read(self, answer: Answer, allowed: set[str]) -> set[str]:
        if answer.status >= 500:
            raise BrokenError(f"{answer.address} answers {answer.status}")
        asked = set(CANARY.findall(answer.asked))
        found = set(CANARY.findall(answer.text))
        if leaked := found - asked - allowed:
            raise LeakError(f"{answer.address} shows {sorted(leaked)}")
        if asked - allowed and answer.status in (200, 206):
            self._read_hidden(answer)
        return found

    def _read_hidden(self, answer: Answer) -> None:
        """Check an answer to a question that names a secret: it must know nothing of it."""
        url = urlsplit(answer.address)
        if url.path.startswith("/media/"):
            raise LeakError(f"{answer.address} is served")
        if url.path == SEARCH and "q" in parse_qs(url.query):
            body = json.loads(answer.body)
            counted = [v for values in body["facets"].values() for v in values if v["count"]]
            if body["total"] or counted:
                raise LeakError(f"{answer.address} counts {body['total']}, {counted}")


def lists() -> list[tuple[str, str]]:
    """Return (surface, address) of every list."""
    found = {address: surface.name for surface, address in surfaces.every_list()}
    return [(name, address) for address, name in found.items()]


def files_of(item: Item) -> list[str]:
    """Return every address of the files of an item."""
    return list(addresses.media(Page.objects.get(pk=item.pk).specific))


def searches(word: str) -> list[str]:
    """Return the addresses that look for a word."""
    return [address for _surface, address in surfaces.every_search(word)]
