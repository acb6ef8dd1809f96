"""What the templates of the newsroom show, as plain values."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from newsroom.approval.selectors import changes
from newsroom.members.models import MemberPage
from newsroom.members.presentation import language_of, places_text, read_once, region_links
from newsroom.members.selectors import in_language, public_names
from newsroom.releases.selectors import from_same_region, newest, related

# What a release's page shows of other tables, each read once.
_READS = (
    "region_links__region", "pictures__image", "co_issuers__member",
    "boilerplate__member__locale", "contact_links__contact__member__locale",
)  # fmt: skip
PER_PAGE = 13  # one lead story and four full rows
MORE = 3


def cards(releases: Iterable[Any], language: str) -> list[dict[str, Any]]:
    """Return what cards show of releases. A member that is not public is not named."""
    releases = list(releases)
    members = issuers(releases, language)
    return [card(release, language, members) for release in releases]


def issuers(releases: Iterable[Any], language: str) -> dict[str, str]:
    """Return item -> name of the public ones among the members that issued `releases`."""
    ids = {release.issuing_member_id for release in releases}
    if not ids:
        return {}
    keys = MemberPage.objects.filter(pk__in=ids).values("translation_key")
    versions = MemberPage.objects.filter(translation_key__in=keys)
    return public_names(versions, language=language, now=timezone.now())


def card(release: Any, language: str, members: dict[str, str]) -> dict[str, Any]:
    """Return what a card shows of a release; `members` are the public ones by item."""
    member = release.issuing_member
    pictures = list(release.pictures.all())
    own = language_of(release)
    return {
        "title": release.title,
        "url": release.url,
        "kicker": release.kicker,
        "lead": release.lead,
        "date": release.dateline_date,
        "picture": pictures[0].image if pictures else None,
        "alt": pictures[0].alt_text if pictures else "",
        "place": places_text(release.regions(), language),
        "member": members.get(str(member.translation_key), "") if member else "",
        "language": None if own == language else own,
    }


def index_context(page: Any, number: str) -> dict[str, Any]:
    """Return the context of the newsroom's front page; `number` is the reader's page number."""
    language = language_of(page)
    model = page.allowed_subpage_models()[0]
    releases = newest(model.objects.filter(locale=page.locale), now=timezone.now())
    shown = Paginator(releases, PER_PAGE).get_page(number)
    shown.object_list = cards(shown.object_list, language)
    return {"releases": shown}


def release_context(page: Any) -> dict[str, Any]:
    """Return the context of a release's page."""
    now = timezone.now()
    read_once(page, *_READS)
    language = language_of(page)
    named = related(page, now=now)
    known = {page.pk, *(release.pk for release in named)}
    near = from_same_region(page, now=now)[: MORE + len(known)]
    more = [release for release in near if release.pk not in known][:MORE]
    item = reverse("api:release", args=[page.translation_key])
    return {
        "pictures": list(page.pictures.all()),
        "regions": region_links(page.regions(), language),
        "topics": [
            {
                "label": term.label(language),
                "url": f"{reverse('search')}?{urlencode({'topic': term.slug})}",
            }
            for term in page.topics.all()
        ],
        "members": public_issuers(page, language),
        "boilerplate": shared_text(page.boilerplate, language),
        "contacts": [shared_text(contact, language) for contact in page.contacts()],
        "related": cards(named, language),
        "api_url": f"{item}?{urlencode({'lang': language})}",
        "changes": change_notes(page),
        "more_from_region": cards(more, language),
    }


def change_notes(page: Any) -> list[dict[str, Any]]:
    """Return the published changes of a release, the newest first: kind, what, why and when.

    Before its publication a change stands first and has no date: only a preview shows it.
    """
    published = [
        {
            "kind": receipt.change_kind,
            "note": receipt.change_note,
            "reason": receipt.change_reason,
            "at": receipt.published_at,
        }
        for receipt in changes(page)
    ]
    told = [(each["note"], each["reason"]) for each in published]
    if page.change_kind and (page.change_note, page.change_reason) not in told:
        new = {"kind": page.change_kind, "note": page.change_note, "reason": page.change_reason}
        return [{**new, "at": None}, *published]
    return published


def public_issuers(page: Any, language: str) -> list[dict[str, str]]:
    """Return the public ones among the members that issue a release, the first one first."""
    members = in_language(MemberPage, page.issuers(), language=language, now=timezone.now())
    return [
        {"title": member.title, "url": member.url, "summary": member.summary} for member in members
    ]


def shared_text(version: Any | None, language: str) -> dict[str, str] | None:
    """Return what readers see of a boilerplate or contact: its public fields and its language.

    The language is empty when it is the page's own.
    """
    if version is None:
        return None
    own = language_of(version.member)
    values = {name: getattr(version, name) for name in version.PUBLIC_FIELDS}
    return {**values, "language": "" if own == language else own}
