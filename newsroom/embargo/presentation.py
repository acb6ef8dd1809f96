"""What the pages of advance access show, as plain values."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from newsroom.embargo.rules import Standing


def embargo_end(version: Any, standing: Standing) -> datetime:
    """Return the moment (UTC) that letters, page and files name.

    The one that was promised to others, else the hour of publication. `standing` is of a version
    that waits.
    """
    moment = getattr(version, "embargoed_until", None) or standing.goes_live_at
    assert moment is not None  # noqa: S101 - what waits has an hour
    return moment


def moment_text(moment: datetime) -> str:
    """Return day and time of an embargo in the active language, by the site's clock."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return _("%(weekday)s, %(date)s, %(time)s (%(timezone)s)") % {
        "weekday": date_format(local, "l"),
        "date": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "TIME_FORMAT"),
        "timezone": timezone.get_default_timezone_name(),
    }


def file_name(name: str, *, until: datetime) -> str:
    """Return the name under which a reader stores a file: the embargo comes first.

    A saved file has left the page that says so. `name` is a path; its folders are dropped.
    """
    local = timezone.localtime(until, timezone.get_default_timezone())
    mark = _("EMBARGOED until %(until)s") % {"until": f"{local:%Y-%m-%d %H.%M}"}
    return get_valid_filename(f"{mark} {name.rpartition('/')[2]}")
