"""What a release must have before somebody else is asked to read it. Pure, but for its children."""

from typing import Any

from django.utils.translation import gettext as _


def problems(release: Any) -> list[tuple[str, str]]:
    """Return (field, what to do) for everything that is missing, in the form's order."""
    found = [
        (field, remedy)
        for field, remedy in (
            ("title", _("Write a title.")),
            ("lead", _("Write a lead: who, what, when, where, why.")),
            ("dateline_place", _("Say where the release comes from.")),
            ("dateline_date", _("Say of which day the release is.")),
            ("issuing_member", _("Choose the member that issues the release.")),
        )
        if not getattr(release, field)
    ]
    if not release.body:
        found.append(("body", _("Write a text.")))
    for number, picture in enumerate(release.pictures.all(), start=1):
        if not picture.credit_line.strip():
            found.append(("pictures", _("Picture %d: say who made it.") % number))
        if not picture.alt_text.strip():
            found.append(("pictures", _("Picture %d: describe what it shows.") % number))
    return found
