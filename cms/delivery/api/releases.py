"""Releases by API: the public ones, in one language each."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cms.delivery.api.parameters import read
from cms.delivery.api.regions import RegionOut, region_out
from newsroom.approval.selectors import public
from newsroom.members.presentation import language_of
from newsroom.releases.blocks import plain_text
from newsroom.releases.models import PressReleasePage
from newsroom.releases.presentation import issuers
from newsroom.releases.selectors import newest

router = Router(tags=["releases"])
PER_PAGE = 20


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


class ReleaseDetail(ReleaseOut):
    """A release with its text, pictures and the languages it is public in."""

    body_html: str
    body_text: str
    pictures: list[PictureOut]
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
    ).prefetch_related("topics")
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
    found = {language_of(version): version for version in public_versions}
    if language not in found:
        raise Http404
    page = found[language]
    return {
        **_summary(request, page, issuers([page], language)),
        "body_html": "".join(str(block.render()) for block in page.body),
        "body_text": plain_text(page.body),
        "pictures": [_picture(request, picture) for picture in page.pictures.all()],
        "languages": sorted(found),
    }


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
    return {
        "url": request.build_absolute_uri(picture.image.get_rendition("max-1600x1600").url),
        "caption": picture.caption,
        "alt_text": picture.alt_text,
        "credit_line": picture.credit_line,
        "licence": picture.licence,
    }
