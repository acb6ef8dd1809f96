"""Handing letters to the outbox: to whom, in which language, each once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.mail.content import one_line
from cms.mail.services import enqueue
from cms.pages.addresses import absolute
from newsroom.approval.models import Receipt
from newsroom.desk.letters import Letter


def post(*, letter: Letter, to: Iterable[Any], occasion: str, kind: str, now: datetime) -> int:
    """Write a letter to each account, in the caller's transaction; return how many were written.

    `occasion` makes it one letter an account ("submitted-12"). `kind` is the kind of Wagtail's
    notifications (submitted, approved, rejected) that an account can switch off; "" always goes.
    """
    return sum(
        _post(letter, user, f"desk-{occasion}-{user.pk}", now) for user in to if _wants(user, kind)
    )


def edit_link(page: Any) -> str:
    """Return the full address of a page in the admin."""
    return absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def title_of(page: Any) -> str:
    """Return the title people know the newest version of a page by, in one line."""
    return one_line(page.draft_title or page.title)


def title_of_version(revision: Any) -> str:
    """Return the title of a version in one line: readers may know it, and nothing newer."""
    return one_line(revision.content["title"])


def name_of(user: Any) -> str:
    """Return how the letters call somebody."""
    return one_line(str(user)) if user else "–"


def name_of_approval(receipt: Receipt) -> str:
    """Return what names one approval: two of the same revision share a receipt."""
    return f"{receipt.pk}-{int(receipt.approved_at.timestamp())}"


def _post(letter: Letter, user: Any, key: str, now: datetime) -> bool:
    with translation.override(_language(user)):
        subject, body = letter()
    return enqueue(key=key, to=user.email, subject=subject, body=body, now=now)


def _wants(user: Any, kind: str) -> bool:
    profile = getattr(user, "wagtail_userprofile", None)
    return not kind or profile is None or getattr(profile, f"{kind}_notifications")


def _language(user: Any) -> str:
    """Return the language an account has chosen for the admin; else the site's.

    Not Wagtail's own question, which would answer with the language of whoever acts just now.
    """
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
