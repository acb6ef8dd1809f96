"""What gives an item away: its words, its address, its pictures, as far as nobody else has them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import trans_real

from cms.delivery.probe.walk import flat
from cms.media.models import NewsFile, NewsImage
from newsroom.approval.fingerprint import IGNORED_PAGE_FIELDS
from newsroom.approval.models import Receipt
from newsroom.regions.models import Region
from newsroom.vocabularies.models import Term

WORDS = re.compile(r"\w+")
WINDOW = 5  # words of a long text that are looked for together
SHORTEST_WORD = 6  # letters; shorter ones give nothing away
# Ids, choices and keys: every release has them.
NO_TEXT = frozenset(
    {
        *IGNORED_PAGE_FIELDS,
        *("id", "type", "locale", "kind", "mode", "sort_order", "region", "image", "topics"),
        *("expire_at", "embargoed_until", "dateline_date", "languages", "translation_key"),
    }
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A piece of text, flattened, that only this item has; `field` says where it stands."""

    field: str
    text: str


def traces_of(version: Any, *, known: str) -> list[Trace]:
    """Return what gives `version` of a page away to somebody who knows what is `known`.

    `known` is a flattened text, see `public_knowledge`.
    """
    found: dict[str, str] = {}
    for field, text in _texts(version.serializable_data()):
        for piece in _pieces(field, text):
            found.setdefault(piece, field)
    for image in NewsImage.objects.filter(pk__in=version.pictures_shown()):
        found.setdefault(flat(unquote(PurePosixPath(str(image.file)).stem)), "file name")
        found.setdefault(flat(image.title), "picture title")
        for copy in image.renditions.all():
            found.setdefault(flat(unquote(str(copy.file))), "picture URL")
    for document in NewsFile.objects.filter(pk__in=version.files_shown()):
        found.setdefault(flat(unquote(PurePosixPath(str(document.file)).stem)), "file name")
        found.setdefault(flat(document.title), "file title")
    known_words = set(WORDS.findall(known))
    return [
        Trace(field, text)
        for text, field in found.items()
        if text and (text not in known_words if WORDS.fullmatch(text) else text not in known)
    ]


def public_knowledge() -> str:
    """Return what was published before, and the words of the site itself.

    By the receipts, not by the rule that is on trial here: else a hole in it would make public
    knowledge of what falls out.
    """
    parts: list[str] = []
    published = Receipt.objects.filter(state=Receipt.State.LIVE).select_related("revision")
    for receipt in published.iterator(chunk_size=200):
        page = receipt.revision.as_object()
        parts += [text for _field, text in _texts(page.serializable_data())]
        shown = NewsImage.objects.filter(pk__in=page.pictures_shown())
        for image in shown.prefetch_related("renditions"):
            parts += [str(image.file), image.title, *(str(c.file) for c in image.renditions.all())]
        for document in NewsFile.objects.filter(pk__in=page.files_shown()):
            parts += [str(document.file), document.title]
    for term in Term.objects.all():
        parts += [term.slug, *map(str, term.labels.values())]
    for region in Region.objects.iterator():
        parts += [region.name, region.full_name, *map(str, region.names.values())]
    for code, name in settings.LANGUAGES:
        catalogue: Any = trans_real.translation(code)
        parts += [name, *(str(text) for _msgid, text in catalogue._catalog.items())]
    return flat(strip_tags(" \n ".join(parts)))


def _texts(content: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field, text) for everything in the content of a revision that people wrote."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            if name not in NO_TEXT:
                # Parts of a body are called "value": the body's own name says more.
                yield from _texts(value, field if name == "value" and field else str(name))
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, field)
    elif isinstance(content, str):
        if content.startswith(("[", "{")):
            try:
                yield from _texts(json.loads(content), field)
                return
            except ValueError:
                pass  # a text that begins with a bracket
        yield field, content


def _pieces(field: str, text: str) -> Iterable[str]:
    """Return a short text whole, of a long one groups of words, and its long words."""
    plain = flat(strip_tags(text))
    if field == "slug":
        return [plain]
    words = plain.split(" ")
    pieces = [plain] if len(words) <= 2 * WINDOW else []
    if len(words) > WINDOW:
        pieces += [" ".join(words[at : at + WINDOW]) for at in range(0, len(words), WINDOW)]
    pieces += [word for word in WORDS.findall(plain) if len(word) >= SHORTEST_WORD]
    return [piece for piece in pieces if len(piece) >= SHORTEST_WORD]
