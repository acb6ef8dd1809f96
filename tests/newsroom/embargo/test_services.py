"""What is kept of invitations, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.approval import worker
from newsroom.approval.models import AuditEntry
from newsroom.embargo import services
from newsroom.embargo.models import Invitation, Opening
from tests import factories as make
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_invitations_and_openings_are_forgotten_when_they_are_long_over(
    client, release, invite, link, frozen, now
):
    client.get(link(invite(release)))
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)

    assert services.forget(now=now + services.KEPT - DAY) == 0
    assert services.forget(now=now + services.KEPT) == 1
    assert not Invitation.objects.exists()
    assert not Opening.objects.exists()


def test_an_invitation_is_not_forgotten_while_its_release_waits(client, frozen, now, invite, link):
    page = make.publish(make.release(title="Spät", go_live_at=now + services.KEPT + 2 * DAY))
    path = link(invite(page))
    frozen.move_to(now + services.KEPT + DAY)

    assert services.forget(now=timezone.now()) == 0
    assert client.get(path).status_code == 200


def test_the_record_says_who_invited_and_revoked_and_what_was_shown_without_addresses(
    client, release, invite, link, redaktion, now
):
    invitation = invite(release)
    client.get(link(invitation))
    services.revoke(invitation=invitation, user=redaktion, now=now)
    services.revoke(invitation=invitation, user=redaktion, now=now)
    client.get(link(invitation))

    number = f"invitation {invitation.pk}"
    entries = AuditEntry.objects.filter(page_id=release.pk, note__startswith="invitation")
    assert list(entries.values_list("action", "actor_id", "note", "revision_id")) == [
        ("invited", redaktion.pk, number, release.latest_revision_id),
        ("opened", None, f"{number} page", release.latest_revision_id),
        ("revoked", redaktion.pk, number, release.latest_revision_id),
    ]
    assert not AuditEntry.objects.filter(note__contains="@").exists()
