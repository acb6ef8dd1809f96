"""A link ends with the embargo, and with the approval it was made for."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from newsroom.approval import services as approval
from newsroom.approval import worker
from newsroom.approval.models import Receipt
from newsroom.embargo import services
from tests import factories as make
from tests.newsroom.embargo.answers import JPEG, pictures, shows, tells, text
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_revoked_link_stays_shut_even_when_the_release_is_public(
    client, release, invite, link, redaktion, frozen, now
):
    invitation = invite(release)
    path = link(invitation)
    picture = pictures(client, path)[0]
    services.revoke(invitation=invitation, user=redaktion, now=now)

    assert not tells(client.get(path))
    assert client.get(picture).status_code == 404
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    assert client.get(path).status_code == 404


def test_a_link_leads_to_the_public_page_from_its_hour_on(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)

    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, release.url)
    assert answer["Cache-Control"] == "private, no-store"
    answer = client.get(picture)
    assert answer["Location"] == f"/media/{picture.partition('/media/')[2]}"
    assert client.get(answer["Location"]).getvalue().startswith(JPEG)


def test_a_link_ends_at_the_hour_even_when_nobody_publishes(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]

    frozen.move_to(now + HOUR - SECOND)
    assert shows(client.get(path))
    frozen.move_to(now + HOUR)
    assert client.get(path).status_code == 404
    assert client.get(picture).status_code == 404


def test_the_end_follows_a_postponed_hour(client, release, invite, link, redaktion, frozen, now):
    path = link(invite(release))
    approval.postpone(page=release, due_at=now + 2 * HOUR, user=redaktion, now=now)

    frozen.move_to(now + HOUR + SECOND)
    assert shows(client.get(path))
    assert "12:00" in text(client.get(path))
    frozen.move_to(now + 2 * HOUR)
    assert client.get(path).status_code == 404


def test_a_link_says_that_another_version_was_approved_and_shows_none(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    release.body = [("paragraph", "<p>Zweites Kanarienwort</p>")]
    frozen.shift(60)
    make.publish(release)

    answer = client.get(path)
    assert answer.status_code == 410
    assert "Diese Fassung ist nicht mehr verfügbar" in text(answer)
    assert not tells(answer)
    assert client.get(picture).status_code == 404
    again = client.get(link(invite(release, at=timezone.now())))
    assert "Zweites Kanarienwort" in text(again)
    assert client.get(path).status_code == 404  # the new link has replaced it


def test_a_link_shows_nothing_when_the_approval_was_dropped(
    client, release, invite, link, redaktion, now
):
    path = link(invite(release))
    assert approval.drop_approval(page=release, user=redaktion, now=now)

    answer = client.get(path)
    assert answer.status_code == 410
    assert not tells(answer)


def test_a_link_of_an_earlier_approval_of_the_same_text_stays_shut(
    client, release, invite, link, now
):
    path = link(invite(release))
    Receipt.objects.filter(page=release.pk).update(approved_at=now + SECOND)

    assert client.get(path).status_code == 410


def test_a_link_shows_no_text_that_was_changed_below_its_receipt(client, release, invite, link):
    path = link(invite(release))
    revision = release.latest_revision
    revision.content["title"] = "Kanarienfälschung"
    revision.save()

    answer = client.get(path)
    assert answer.status_code == 410
    assert not tells(answer)


def test_a_link_shows_no_picture_that_was_changed_below_its_receipt(client, release, invite, link):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    image = release.pictures.get().image
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(make.jpeg("red")))

    assert client.get(path).status_code == 410
    assert client.get(picture).status_code == 404
    default_storage.delete(image.file.name)
    assert client.get(path).status_code == 410


def test_the_mark_names_the_promise_to_others_the_end_is_the_hour_of_publication(
    client, invite, link, frozen, now
):
    page = make.release(embargoed_until=now + HOUR / 2, go_live_at=now + HOUR)
    path = link(invite(make.publish(page)))

    frozen.move_to(now + HOUR - SECOND)
    assert "SPERRFRIST bis Montag, 23. November 2026, 10:30" in text(client.get(path))
    frozen.move_to(now + HOUR)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("is_live", [False, True])
def test_a_link_says_that_the_release_was_taken_back(
    client, release, invite, link, redaktion, frozen, now, is_live
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    if is_live:
        frozen.move_to(now + HOUR)
        worker.publish_due(now=now + HOUR)
    approval.retract(page=release, user=redaktion, reason="Kanarie", now=timezone.now())

    answer = client.get(path)
    assert answer.status_code == 410
    assert "zurückgezogen" in text(answer)
    assert not tells(answer)
    assert client.get(picture).status_code == 404


def test_an_ended_release_tells_nothing(client, frozen, now, invite, link):
    page = make.publish(make.release(go_live_at=now + HOUR, expire_at=now + 2 * HOUR))
    path = link(invite(page))
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    frozen.move_to(now + 2 * HOUR)

    assert client.get(path).status_code == 404
    worker.expire_due(now=now + 2 * HOUR)
    assert client.get(path).status_code == 404


def test_a_deleted_release_takes_its_links_along(client, release, invite, link):
    path = link(invite(release))
    Receipt.objects.filter(page=release.pk).delete()

    assert client.get(path).status_code == 404
