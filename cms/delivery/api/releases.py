"""Releases by API: the public ones, in one language each."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cms.delivery.api.parameters import read
from cms.delivery.api.regions import RegionOut, region_out
from cms.media.filetypes import TYPES, extension_of
from newsroom.approval.selectors import public
from newsroom.members.presentation import language_of
from newsroom.releases.blocks import plain_text
from newsroom.releases.models import PressReleasePage
from newsroom.releases.presentation import change_notes, issuers, public_issuers, shared_text
from newsroom.releases.selectors import newest, related

router = Router(tags=["releases"])
PER_PAGE = 20
PICTURE = "max-1600x1600"
PLACES = "region_links__region__parent"  # a region is named with what it lies in
WORDS_OF_PICTURES = ("caption", "alt_text", "credit_line", "licence")
INTERNAL = re.compile(r'\b(href|src)="/(?!/)')


class PictureOut(Schema):
    """A picture with what must be printed beside it."""

    url: str
    caption: str
    alt_text: str
    credit_line: str
    licence: str


class ReleaseOut(Schema):
    """A release in one language; `id` is the same in all languages."""

    id: UUID
    language: str
    kind: str
    url: str
    kicker: str
    title: str
    lead: str
    dateline_place: str
    dateline_date: date
    issuing_member: str | None
    regions: list[RegionOut]
    topics: list[dict[str, str]]
    published_at: datetime
    updated_at: datetime


class FileOut(Schema):
    """A file to take along; `size` in bytes."""

    url: str
    title: str
    media_type: str
    size: int


class BoilerplateOut(Schema):
    """What the issuing member says about itself, in `language`."""

    heading: str
    text: str
    language: str


class ContactOut(Schema):
    """Whom journalists may call; what is not known is empty."""

    name: str
    role: str
    phone: str
    email: str


class RelatedOut(Schema):
    """Another public release, in `language`."""

    id: UUID
    language: str
    title: str
    url: str


class ChangeOut(Schema):
    """A change since publication: `kind` is correction or update."""

    kind: str
    note: str
    reason: str
    at: datetime


class ReleaseDetail(ReleaseOut):
    """A release with its text, pictures and the languages it is public in.

    `pictures` are all of them, those between the paragraphs last. `issuing_members` names the
    public ones of all that issue it, the first one first.
    """

    issuing_members: list[str]
    body_html: str
    body_text: str
    pictures: list[PictureOut]
    files: list[FileOut]
    boilerplate: BoilerplateOut | None
    contacts: list[ContactOut]
    related: list[RelatedOut]
    changes: list[ChangeOut]
    languages: list[str]


class ReleasePage(Schema):
    """A page of releases, the newest first."""

    total: int
    page: int
    page_size: int
    items: list[ReleaseOut]


@router.get("/releases", response=ReleasePage, summary="List releases", url_name="releases")
def releases(request: HttpRequest, lang: str = "de", page: int = 1) -> dict[str, Any]:
    """Return the public releases of one language, twenty a page."""
    asked = read(request, "lang", "page")
    found = newest(
        PressReleasePage.objects.filter(locale__language_code=asked.language), now=timezone.now()
    ).prefetch_related("topics", PLACES)
    paginator = Paginator(found, PER_PAGE)
    shown = list(paginator.page(asked.page)) if asked.page <= paginator.num_pages else []
    members = issuers(shown, asked.language)
    return {
        "total": paginator.count,
        "page": asked.page,
        "page_size": PER_PAGE,
        "items": [_summary(request, release, members) for release in shown],
    }


@router.get(
    "/releases/{uuid:item}", response=ReleaseDetail, summary="Read a release", url_name="release"
)
def release(request: HttpRequest, item: UUID, lang: str = "de") -> dict[str, Any]:
    """Return a public release in `lang`; 404 when it is not public in that language."""
    language = read(request, "lang").language
    versions = PressReleasePage.objects.filter(translation_key=item)
    public_versions = public(versions, now=timezone.now()).select_related("locale")
    found = {language_of(version): version for version in public_versions.prefetch_related(PLACES)}
    if language not in found:
        raise Http404
    page = found[language]
    between = [block.value for block in page.body if block.block_type == "picture"]
    pictures = [*page.pictures.all(), *(value for value in between if value["image"])]
    contacts = [shared_text(contact, language) for contact in page.contacts()]
    boilerplate = shared_text(page.boilerplate, language)
    return {
        **_summary(request, page, issuers([page], language)),
        "issuing_members": [member["title"] for member in public_issuers(page, language)],
        "body_html": _absolute(request, "".join(str(block.render()) for block in page.body)),
        "body_text": plain_text(page.body),
        "pictures": [_picture(request, picture) for picture in pictures],
        "files": [
            _file(request, block.value)
            for block in page.body
            if block.block_type == "file" and block.value["file"]
        ],
        "boilerplate": boilerplate
        and {**boilerplate, "language": boilerplate["language"] or language},
        "contacts": contacts,
        "related": [
            {
                "id": other.translation_key,
                "language": language_of(other),
                "title": other.title,
                "url": request.build_absolute_uri(other.url),
            }
            for other in related(page, now=timezone.now())
        ],
        "changes": change_notes(page),
        "languages": sorted(found),
    }


def _absolute(request: HttpRequest, html: str) -> str:
    """Return `html` with whole addresses: readers of the API are on other sites."""
    root = request.build_absolute_uri("/")
    return INTERNAL.sub(lambda match: f'{match[1]}="{root}', html)


def _summary(request: HttpRequest, page: Any, members: dict[str, str]) -> dict[str, Any]:
    language = language_of(page)
    member = page.issuing_member
    return {
        "id": page.translation_key,
        "language": language,
        "kind": page.kind,
        "url": request.build_absolute_uri(page.url),
        "kicker": page.kicker,
        "title": page.title,
        "lead": page.lead,
        "dateline_place": page.dateline_place,
        "dateline_date": page.dateline_date,
        "issuing_member": members.get(str(member.translation_key)) if member else None,
        "regions": [region_out(region, language) for region in page.regions()],
        "topics": [{"id": term.slug, "label": term.label(language)} for term in page.topics.all()],
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }


def _picture(request: HttpRequest, picture: Any) -> dict[str, str]:
    image = picture["image"] if isinstance(picture, dict) else picture.image
    words = {name: _word(picture, name) for name in WORDS_OF_PICTURES}
    return {"url": request.build_absolute_uri(image.get_rendition(PICTURE).url), **words}


def _word(picture: Any, name: str) -> str:
    """Return a word of a picture, be it a row of its own or a block of the body."""
    return str(picture.get(name) or "" if isinstance(picture, dict) else getattr(picture, name))


def _file(request: HttpRequest, value: Any) -> dict[str, Any]:
    file = value["file"]
    return {
        "url": request.build_absolute_uri(file.url),
        "title": value["title"],
        "media_type": TYPES.get(extension_of(file.filename), "application/octet-stream"),
        "size": file.file_size or 0,
    }
