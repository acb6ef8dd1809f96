"""An approved release that waits for its hour, and people who are invited to it."""

import re
from datetime import timedelta

import pytest

from newsroom.embargo import services
from tests import factories as make

HOUR = timedelta(hours=1)


@pytest.fixture
def redaktion(db):
    return make.editor()


@pytest.fixture
def release(frozen, now):
    """Return a release that was approved and is due in an hour; its words are canaries."""
    return make.publish(
        make.release(
            title="Kanarientitel",
            kicker="Kanarienzeile",
            lead="Kanarienvorspann",
            slug="kanarienadresse",
            body=[("paragraph", "<p>Kanarientext</p>")],
            picture=make.image(),
            go_live_at=now + HOUR,
        )
    )


@pytest.fixture
def invite(redaktion, now):
    """Return a function that invites an address to a page; it returns the invitation."""

    def invite(page, address="ana@example.org", *, language="de", at=None):
        [invitation] = services.invite(
            page=page, addresses=[address], language=language, user=redaktion, now=at or now
        )
        return invitation

    return invite


@pytest.fixture
def link(letter):
    """Return a function from an invitation to the path of its link, taken from the letter."""
    return lambda invitation: re.search(r"http://[^/]+(/vorab/\S+)", letter(invitation))[1]


@pytest.fixture
def letter():
    """Return a function from an invitation to the text of its letter."""
    from cms.mail.models import Mail

    return lambda invitation: Mail.objects.get(key=f"embargo-invitation-{invitation.pk}").body
