"""What the mails say. Pure: who gets them stands in newsroom.desk.post.

A mail about an unpublished text names its title, because nobody could tell two waiting texts apart
without it, and nothing else of it. It goes only to people who may open the text.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Written in the language of the one who reads it: called inside translation.override.
Letter = Callable[[], tuple[str, str]]


def moment(at: datetime) -> str:
    """Return a moment in words, in the time of the alliance."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    return _("%(time)s (Berlin time)") % {"time": formats.date_format(local, "DATETIME_FORMAT")}


def submitted(*, title: str, by: str, due_at: datetime, link: str) -> Letter:
    """Return the mail to those who can decide about a submitted text."""
    return lambda: (
        _("Waits for you: %(title)s") % {"title": title},
        _body(
            _("%(name)s has submitted “%(title)s”. You can approve it or return it.")
            % {"name": by, "title": title},
            _("Due: %(time)s") % {"time": moment(due_at)},
            link,
        ),
    )


def submitted_together(*, name: str, count: int, by: str, link: str) -> Letter:
    """Return the mail to those who can decide about texts that were submitted in one import."""
    return lambda: (
        ngettext(
            "Waits for you: %(count)d text of “%(name)s”",
            "Waits for you: %(count)d texts of “%(name)s”",
            count,
        )
        % {"count": count, "name": name},
        _body(
            _("%(by)s has imported “%(name)s”. You can approve its texts together or one by one.")
            % {"by": by, "name": name},
            link,
        ),
    )


def approved_together(*, name: str, count: int, public: int, by: str, link: str) -> Letter:
    """Return the mail to the authors of texts that were approved together.

    `public` of them are public already; the others wait.
    """
    return lambda: (
        ngettext(
            "Approved: %(count)d text of “%(name)s”",
            "Approved: %(count)d texts of “%(name)s”",
            count,
        )
        % {"count": count, "name": name},
        _body(
            _("%(by)s has approved texts of yours from the import “%(name)s”.")
            % {"by": by, "name": name},
            _("Public: %(public)d of %(count)d") % {"public": public, "count": count},
            link,
        ),
    )


def assigned(*, title: str, by: str, to: str, due_at: datetime, link: str) -> Letter:
    """Return the mail to the one a review is handed to, and to their deputy."""
    return lambda: (
        _("Handed over: %(title)s") % {"title": title},
        _body(
            _("%(name)s has handed the review of “%(title)s” to %(to)s. Others may still decide.")
            % {"name": by, "title": title, "to": to},
            _("Due: %(time)s") % {"time": moment(due_at)},
            link,
        ),
    )


def overdue(*, title: str, due_at: datetime, link: str) -> Letter:
    """Return the mail about a review whose time is over."""
    return lambda: (
        _("Overdue: %(title)s") % {"title": title},
        _body(
            _("“%(title)s” still waits for a decision.") % {"title": title},
            _("It was due: %(time)s") % {"time": moment(due_at)},
            link,
        ),
    )


def returned(*, title: str, by: str, comment: str, link: str) -> Letter:
    """Return the mail to the authors of a returned text."""
    return lambda: (
        _("Returned: %(title)s") % {"title": title},
        _body(
            _("%(name)s has returned “%(title)s”.") % {"name": by, "title": title},
            comment.strip() or _("There is no comment."),
            link,
        ),
    )


def approved(*, title: str, by: str, due_at: datetime | None, link: str) -> Letter:
    """Return the mail to the authors of an approved text that is not public yet.

    `due_at` None: it waits for its source language or for the page above it.
    """
    return lambda: (
        _("Approved: %(title)s") % {"title": title},
        _body(
            _("%(name)s has approved “%(title)s”.") % {"name": by, "title": title},
            _("It becomes public: %(time)s") % {"time": moment(due_at)}
            if due_at
            else _("It becomes public together with the page it belongs to."),
            link,
        ),
    )


def live(*, title: str, link: str) -> Letter:
    """Return the mail to the authors of a text that has become public; `link` is its address."""
    return lambda: (
        _("Public: %(title)s") % {"title": title},
        _body(_("“%(title)s” is public.") % {"title": title}, link),
    )


def parked(*, title: str, error: str, link: str) -> Letter:
    """Return the mail about a publication that was stopped after errors."""
    return lambda: (
        _("NOT PUBLISHED: %(title)s") % {"title": title},
        _body(
            _("“%(title)s” could not be published. Somebody has to look after it.")
            % {"title": title},
            _("Error: %(error)s") % {"error": error},
            link,
        ),
    )


def emergency(*, title: str, by: str, reason: str, until: datetime, link: str) -> Letter:
    """Return the mail to all editors about a text that one person published alone."""
    return lambda: (
        _("EMERGENCY RELEASE: %(title)s") % {"title": title},
        _body(
            _("%(name)s publishes “%(title)s” alone.") % {"name": by, "title": title},
            _("Reason: %(reason)s") % {"reason": reason},
            _("Without a second person it goes offline: %(time)s") % {"time": moment(until)},
            link,
        ),
    )


def lapsed(*, title: str, link: str) -> Letter:
    """Return the mail about an emergency release that nobody countersigned."""
    return lambda: (
        _("Taken offline: %(title)s") % {"title": title},
        _body(
            _("Nobody countersigned the emergency release “%(title)s” in time. It is offline.")
            % {"title": title},
            link,
        ),
    )


def notice(*, title: str, by: str, link: str) -> Letter:
    """Return the mail to the editors who can decide about a public notice."""
    return lambda: (
        _("A notice waits for you: %(title)s") % {"title": title},
        _body(
            _("%(name)s proposes what readers find where “%(title)s” was taken back.")
            % {"name": by, "title": title},
            link,
        ),
    )


def _body(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
