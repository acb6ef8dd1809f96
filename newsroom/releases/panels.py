"""The panel beside the form that says what is missing or doubtful before somebody submits."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

TEMPLATE = "newsroom/releases/admin/preflight.html"
ANY_PAGE = 0  # stands in the address for the number of a page that is not stored yet


def findings(page: Any, *, dead_links: list[tuple[str, str]] | None = None) -> dict[str, Any]:
    """Return what the panel shows of a version of a release.

    Blocking and advisory findings: dicts of field, its label and what to do. `dead_links` are
    further doubts; None means that nobody has looked.
    """
    return {
        "blocking": [_finding(page, *found) for found in page.preflight()],
        "doubtful": [_finding(page, *found) for found in (*page.advice(), *(dead_links or ()))],
        "are_links_checked": dead_links is not None,
    }


def _finding(page: Any, field: str, remedy: str) -> dict[str, str]:
    return {"field": field, "label": page.label_of(field), "remedy": remedy}


class PreflightPanel(Panel):
    """Shows the findings of the version in the form, and again after each time it is saved."""

    def __init__(self, **kwargs: Any) -> None:
        """Give the panel its heading."""
        super().__init__(**{"heading": _("Before you submit"), "icon": "check", **kwargs})

    @property
    def clean_name(self) -> str:
        """Return the name by which the panel is found in the form."""
        return "preflight"

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/releases/admin/preflight_panel.html"

        @property
        def media(self) -> Media:
            """Return script and style of the panel."""
            return Media(
                js=[versioned_static("releases/preflight.js")],
                css={"all": [versioned_static("releases/preflight.css")]},
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the template's context; a page that is not stored yet has no findings."""
            context = super().get_context_data(parent_context)
            page = self.instance
            shown = findings(page) if page.pk else {"is_new": True}
            url = reverse("release_preflight", args=[ANY_PAGE])
            return {**context, **shown, "url": url, "page_id": page.pk or ""}
