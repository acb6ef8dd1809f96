"""How releases and news are found."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.approval.documents import public_versions
from newsroom.members.documents import document, items
from newsroom.releases.blocks import plain_text
from newsroom.releases.models import PressReleasePage
from newsroom.vocabularies.selectors import all_labels
from search.documents import Document
from search.registry import Kind, register_kind

KIND = "release"


def date_of(page: Any) -> datetime:
    """Return the moment readers take for a release's date.

    Its publication, but the day of the dateline when that is another one (an older text).
    """
    published: datetime = page.first_published_at
    if timezone.localdate(published) == page.dateline_date:
        return published
    midnight = datetime.combine(page.dateline_date, time.min, timezone.get_default_timezone())
    return min(published, midnight)


def build(page: Any) -> Document:
    """Return the search document of a public release."""
    topics = list(page.topics.all())
    captions = [picture.caption for picture in page.pictures.all()]
    return document(
        page,
        kind=KIND,
        summary=page.lead,
        body="\n".join(filter(None, [page.kicker, plain_text(page.body), *captions])),
        regions=page.regions(),
        facets={
            "topic": tuple(term.slug for term in topics),
            "member": tuple(str(member.translation_key) for member in page.issuers()),
        },
        labels=all_labels(topics),
        published_at=date_of(page),
    )


def documents(item: str) -> Sequence[Document]:
    """Return the documents of all public language versions of a release."""
    return [build(page) for page in public_versions(PressReleasePage, item)]


def register() -> None:
    """Let search find releases. Called once, when Django starts."""
    register_kind(
        Kind(
            name=KIND,
            label=_("News"),
            singular=_("News item"),
            default_scope="inside",
            documents=documents,
            items=partial(items, PressReleasePage),
            is_news=True,
        )
    )
