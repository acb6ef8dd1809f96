"""What a release must have before somebody else is asked to read it. Pure, but for its children."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from newsroom.releases.embargo import embargo_problem

Finding = tuple[str, str]  # the field, and what to do


def problems(release: Any, *, now: datetime) -> list[Finding]:
    """Return (field, what to do) for everything that is missing, in the form's order."""
    return [
        *_missing(release),
        *_pictures(release),
        *_shared_texts(release),
        *_times(release, now),
        *_template(release),
    ]


def _missing(release: Any) -> Iterator[Finding]:
    for field, remedy in (
        ("title", _("Write a title.")),
        ("lead", _("Write a lead: who, what, when, where, why.")),
        ("dateline_place", _("Say where the release comes from.")),
        ("dateline_date", _("Say of which day the release is.")),
        ("issuing_member", _("Choose the member that issues the release.")),
        ("body", _("Write a text.")),
    ):
        if not getattr(release, field):
            yield field, remedy


def _pictures(release: Any) -> Iterator[Finding]:
    for number, picture in enumerate(release.pictures.all(), start=1):
        if not picture.image_id:
            yield "pictures", _("Picture %d: choose it.") % number
        for remedy in _words_of(picture.credit_line, picture.alt_text):
            yield "pictures", remedy % number
    blocks = [block.value for block in release.body if block.block_type == "picture"]
    for number, value in enumerate(blocks, start=1):
        if not value.get("image"):
            yield "body", _("Picture %d: choose it.") % number
        for remedy in _words_of(value.get("credit_line"), value.get("alt_text")):
            yield "body", remedy % number
    for block in release.body:
        if block.block_type == "file" and not block.value.get("file"):
            yield "body", _("Choose the file “%s”.") % block.value.get("title")


def _words_of(credit_line: str | None, alt_text: str | None) -> Iterator[str]:
    if not (credit_line or "").strip():
        yield _("Picture %d: say who made it.")
    if not (alt_text or "").strip():
        yield _("Picture %d: describe what it shows.")


def _shared_texts(release: Any) -> Iterator[Finding]:
    houses = {member.translation_key for member in release.issuers()}
    boilerplate = release.boilerplate
    if boilerplate and boilerplate.member.translation_key not in houses:
        yield (
            "boilerplate",
            _("“%s” belongs to a member that does not issue this release.") % boilerplate.heading,
        )


def _template(release: Any) -> Iterator[Finding]:
    if release.is_template:
        yield "is_template", _("This is a template: begin a new release from it.")


def _times(release: Any, now: datetime) -> Iterator[Finding]:
    problem = embargo_problem(
        embargoed_until=release.embargoed_until, go_live_at=release.go_live_at, now=now
    )
    if problem:
        yield problem
