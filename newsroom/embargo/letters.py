"""What an invited address is told."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom.embargo.presentation import moment_text


def letter(*, link: str, until: datetime, language: str) -> tuple[str, str]:
    """Return subject and body of an invitation in `language`.

    They name neither the title nor who issues the release: a letter cannot be taken back.
    """
    with translation.override(language):
        facts = {"site": settings.WAGTAIL_SITE_NAME, "until": moment_text(until), "link": link}
        subject = _("Advance copy, embargoed until %(until)s") % facts
        body = _(
            "The newsroom of %(site)s invites you to read a press release before it is published.\n"
            "\n"
            "EMBARGOED until %(until)s\n"
            "\n"
            "%(link)s\n"
            "\n"
            "The link is meant for you alone: please do not pass it on. The newsroom sees when it"
            " is opened. From the hour of publication it leads to the public page."
        )
        return subject, body % facts + "\n"
