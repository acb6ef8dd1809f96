"""Making pages whose every word is a canary."""

from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import User
from cms.media.models import NewsFile, NewsImage
from tests import factories as make
from tests.proof.model import Item, Model, Version

# Fields by letter: title, slug, lead, body, kicker, note about a change, internal notes; of a
# picture: alternative text, caption, file name; of a file: name, title.
TEXT, RELEASE, PICTURE, FILE = "tslb", "khi", "acf", "no"
# What a new version takes over from the one before.
KEPT = "sfn"


class Maker:
    """Makes pages, versions and canaries; `users` are the accounts by name."""

    def __init__(self, *, users: dict[str, User], rng: Random, model: Model) -> None:
        self.users = users
        self.rng = rng
        self.model = model
        self.links_to: Item | None = None  # what texts link to; None: to anything
        self._canaries = 0

    def canary(self, field: str) -> str:
        """Return a word found nowhere else, and far from all others: a search forgives typos."""
        self._canaries += 1
        return f"zq{sha256(f'{self._canaries}{field}'.encode()).hexdigest()[:10]}qz"

    def version(
        self,
        kind: str,
        *,
        picture: bool = False,
        file: bool = False,
        begins: float | None = None,
        ends: float | None = None,
    ) -> Version:
        """Return a version with words of its own; times are in hours from now."""
        fields = TEXT
        if "release" in kind:
            fields += RELEASE + (PICTURE if picture else "") + (FILE if file else "")
        words = {field: self.canary(field) for field in fields}
        return Version(words, in_hours(begins), in_hours(ends))

    def next_version(self, item: Item, *, moves_address: bool, **times: Any) -> Version:
        """Return a version that may follow the newest one of an item."""
        old = item.draft.words
        version = self.version(item.kind, picture="f" in old, file="n" in old, **times)
        for field in KEPT:
            if field in version.words and not (field == "s" and moves_address):
                version.words[field] = old[field]
        return version

    def page(
        self, kind: str, version: Version, parent: Item | None, *, author: str
    ) -> tuple[Any, int | None, int | None]:
        """Store a new page; return it with the numbers of its picture and its file."""
        above = Page.objects.get(pk=parent.pk).specific if parent else None
        words = version.words
        image = self._image(words["f"]) if "f" in words else None
        file = self._file(words["n"]) if "n" in words else None
        texts = {"title": words["t"], "slug": words["s"], "owner": self.users[author]}
        texts |= {"go_live_at": version.begins, "expire_at": version.ends}
        if kind == "member":
            page = make.member(summary=words["l"], **texts)
        elif kind == "offer":
            page = make.offer(above, summary=words["l"], **texts)
        else:
            page = make.release(
                lead=words["l"], kicker=words["k"], picture=image,
                issuing_member=self._issuer(), body=self._body(version, file), **texts,
            )  # fmt: skip
            if above is not None:
                page.move(above, pos="last-child")
                page = type(page).objects.get(pk=page.pk)
        self.fill(page, version, kind, file=file)
        return page, image and image.pk, file and file.pk

    def fill(self, page: Any, version: Version, kind: str, *, file: NewsFile | None) -> None:
        """Write the words of a version into a page."""
        words = version.words
        page.title, page.slug = words["t"], words["s"]
        page.go_live_at, page.expire_at = version.begins, version.ends
        if "release" in kind:
            page.lead, page.kicker, page.internal_notes = words["l"], words["k"], words["i"]
            page.change_kind, page.change_note = "update", words["h"]  # asked of published ones
            page.body = self._body(version, file)
            pictures = list(page.pictures.all())
            for picture in pictures:
                picture.alt_text, picture.caption = words["a"], words["c"]
            page.pictures = pictures
        else:
            page.summary, page.description = words["l"], f"<p>{words['b']}</p>"

    def _body(self, version: Version, file: NewsFile | None) -> list[tuple[str, Any]]:
        """Return a text with a link to some other page, public or not, and perhaps a file."""
        link = ""
        if self.model.items:
            other = self.links_to or self.rng.choice(self.model.items)
            link = f' <a linktype="page" id="{other.pk}">dort</a>'
        body: list[tuple[str, Any]] = [("paragraph", f"<p>{version.words['b']}{link}</p>")]
        if file is not None:
            body.append(("file", {"file": file, "title": version.words["o"]}))
        return body

    def _image(self, name: str) -> NewsImage:
        image = NewsImage(title="Bild", file=ContentFile(make.jpeg(), name=f"{name}.jpg"))
        image.save()
        return image

    def _file(self, name: str) -> NewsFile:
        return make.file(name=f"{name}.csv")

    def _issuer(self) -> Any:
        """Return a member that may issue a release; a play begins with one."""
        members = [i for i in self.model.items if i.kind == "member" and i.language == "de"]
        return Page.objects.get(pk=self.rng.choice(members).pk).specific


def in_hours(hours: Any) -> Any:
    """Return the moment so many hours from now; None and moments stay what they are."""
    if isinstance(hours, int | float):
        return timezone.now() + timedelta(hours=hours)
    return hours
