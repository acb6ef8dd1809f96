"""Mails about offers: is it still right, and what somebody says is wrong."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.roles import EDITOR
from cms.mail.services import enqueue
from cms.pages.addresses import absolute
from newsroom.offers.links import token
from newsroom.offers.models import Hint, OfferPage
from newsroom.offers.selectors import provider_email


def ask_provider(*, page: OfferPage, nonce: str, until: datetime, now: datetime) -> bool:
    """Write the mail that asks whether an offer is still right; return whether there is one.

    `until`: how long it counts as right without an answer.
    """
    language = settings.LANGUAGE_CODE
    with override(language):
        day = date_format(localtime(until), "DATE_FORMAT")
        link = reverse("offer_answer", args=[token(offer_key=page.translation_key, nonce=nonce)])
        body = _(
            "Good day,\n\n"
            "your offer “%(title)s” is public:\n%(page)s\n\n"
            "Until %(until)s it counts as right. Is it still? One click on this page is enough, "
            "without an account:\n%(link)s\n\n"
            "There you can also change it or say that it has ended. Without an answer readers see "
            "that it may be out of date, and 30 days later it is not found any more.\n"
        ) % {"title": page.title, "page": page.full_url, "until": day, "link": absolute(link)}
        subject = _("Is this still right? “%(title)s”") % {"title": page.title}
    return enqueue(
        key=f"attest-{page.translation_key}-{now:%Y-%m-%dT%H%M%S}",
        to=provider_email(page),
        subject=subject,
        body=body,
        now=now,
        is_confidential=True,
    )


def announce_hint(*, hint: Hint, now: datetime) -> int:
    """Write the mails about a hint to the provider and the editors; return how many."""
    page = hint.page
    with override(settings.LANGUAGE_CODE):
        subject = _("A hint about “%(title)s”") % {"title": page.title}
        body = _(
            "Somebody says that something about the offer “%(title)s” is wrong:\n\n"
            "%(text)s\n\n"
            "Reply to: %(reply_to)s\n"
            "The offer: %(page)s\n"
            "All hints: %(hints)s\n"
        ) % {
            "title": page.title,
            "text": hint.text,
            "reply_to": hint.reply_to or "-",
            "page": page.full_url,
            "hints": absolute(reverse("offer_hints")),
        }
    to: dict[str, Any] = {
        str(user.pk): user.email
        for user in get_user_model().objects.filter(is_active=True, groups__name=EDITOR.group)
    }
    if hint.source == Hint.Source.READER:
        to["provider"] = provider_email(page)
    return sum(
        enqueue(key=f"hint-{hint.pk}-{name}", to=address, subject=subject, body=body, now=now)
        for name, address in to.items()
    )
