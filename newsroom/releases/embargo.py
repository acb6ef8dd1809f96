"""How the hour promised to others and the hour of publication fit together. Pure."""

from datetime import datetime

from django.utils.translation import gettext as _


def embargo_problem(
    *, embargoed_until: datetime | None, go_live_at: datetime | None, now: datetime
) -> tuple[str, str] | None:
    """Return (field, what to do) when a release could become public before its embargo ends.

    All times are aware. An embargo that is over binds nobody any more.
    """
    if embargoed_until is None or embargoed_until <= now:
        return None
    if go_live_at is None:
        return "embargoed_until", _(
            "Give an hour of publication as well, not before the embargo ends: without it the "
            "release becomes public as soon as it is approved."
        )
    if go_live_at < embargoed_until:
        return "go_live_at", _("The embargo ends later. Choose the same hour or a later one.")
    return None
