"""What is doubtful about a release. It keeps nobody from submitting it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from newsroom.releases import links, wording
from newsroom.releases.blocks import plain_text
from newsroom.releases.preflight import Finding

LONG_TITLE = 90  # characters; longer ones are cut in lists and mails


def doubts(release: Any) -> list[Finding]:
    """Return (field, what to look at), in the form's order."""
    lead, body = release.lead or "", plain_text(release.body)
    return [
        *_title(release.title or "", f"{lead}\n{body}"),
        *_words("lead", lead),
        *_words("body", body),
        *_names("\n".join((release.title or "", lead, body))),
        *_links(release),
        *_pictures(release),
        *_versions(release),
    ]


def _title(title: str, text: str) -> Iterator[Finding]:
    if len(title) > LONG_TITLE:
        yield (
            "title",
            _("The title has %(length)d characters: %(limit)d are enough.")
            % {"length": len(title), "limit": LONG_TITLE},
        )
    for number in wording.missing_numbers(title, text):
        yield "title", _("The title says %s, the text does not.") % number


def _words(field: str, text: str) -> Iterator[Finding]:
    for beginning in wording.unclosed_quotes(text):
        yield field, _("This quotation is not closed: %s") % beginning
    for written, better in wording.passive_phones(text):
        yield (
            field,
            _("Write %(written)s as %(better)s: then it can be called from anywhere.")
            % {"written": written, "better": better},
        )


def _names(text: str) -> Iterator[Finding]:
    for usual, other in wording.spellings(text):
        yield (
            "body",
            _("Two spellings: “%(usual)s” and “%(other)s”. Is it the same name?")
            % {"usual": usual, "other": other},
        )


def _links(release: Any) -> Iterator[Finding]:
    for address in links.addresses(release.body):
        if address.startswith("http://"):
            yield "body", _("This link is not encrypted: %s") % address


def _pictures(release: Any) -> Iterator[Finding]:
    for number, picture in enumerate(release.pictures.all(), start=1):
        if not picture.licence.strip():
            yield "pictures", _("Picture %d: say under which licence it may be printed.") % number
    values = [block.value for block in release.body if block.block_type == "picture"]
    for number, value in enumerate(values, start=1):
        if not (value.get("licence") or "").strip():
            yield "body", _("Picture %d: say under which licence it may be printed.") % number


def _versions(release: Any) -> Iterator[Finding]:
    if release.boilerplate and release.boilerplate.newer():
        yield (
            "boilerplate",
            _("There is a newer version of “%s”. Choose it again.") % release.boilerplate.heading,
        )
    for contact in release.contacts():
        if contact.newer():
            yield (
                "contact_links",
                _("There is a newer version of the contact “%s”. Choose it again.") % contact.name,
            )
