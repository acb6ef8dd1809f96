"""What was approved stays as it was while other versions come and go."""

from datetime import timedelta

import pytest

from newsroom.approval import services, worker
from newsroom.approval.models import Receipt
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_expiry_leaves_the_pictures_of_the_version_that_waits_frozen(frozen, now):
    old, new = make.image(), make.image()
    page = make.publish(make.release(picture=old, expire_at=now + HOUR))
    version = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    version.pictures = [
        type(version.pictures.first())(image=new, alt_text="Ein Kurs", credit_line="Haus")
    ]
    version.go_live_at, version.expire_at = now + 3 * HOUR, None
    make.publish(version)
    frozen.move_to(now + 2 * HOUR)
    worker.expire_due(now=now + 2 * HOUR)

    assert new.is_frozen()
    assert not old.is_frozen()


def test_the_address_to_come_stays_unknown_while_it_is_laid_ready(frozen, now, client):
    page = make.publish(make.release(title="Alt", slug="alt-text"))
    services.retract(page=page, user=None, reason="", now=now)
    version = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    version.title, version.slug, version.go_live_at = "Neu", "neu-geheim", now + HOUR
    make.publish(version)
    index = page.get_parent().get_url()
    frozen.move_to(now + HOUR - timedelta(seconds=30))
    worker.prepare_due(now=now + HOUR - timedelta(seconds=30))

    assert client.get(f"{index}alt-text/").status_code == 410
    assert client.get(f"{index}neu-geheim/").status_code == 404
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    assert client.get(f"{index}neu-geheim/").status_code == 200


def test_a_postponed_emergency_release_keeps_its_day(frozen, now, settings):
    settings.EMERGENCY_RELEASE = True
    author, picture = make.editor(), make.image()
    page = make.release(picture=picture, go_live_at=now + 2 * HOUR)
    page.save_revision(user=author)
    receipt = make.release_alone(page, by=author, now=now)
    services.postpone(page=page, due_at=now + 48 * HOUR, user=make.editor(), now=now)
    frozen.move_to(now + 27 * HOUR)
    worker.lapse_due(now=now + 27 * HOUR)
    receipt.refresh_from_db()

    assert receipt.state == Receipt.State.APPROVED
    assert receipt.countersign_until == now + 72 * HOUR


def test_an_emergency_release_that_lapses_unseen_lets_go_of_everything(frozen, now, settings):
    settings.EMERGENCY_RELEASE = True
    author, picture = make.editor(), make.image()
    page = make.release(picture=picture, go_live_at=now + 2 * HOUR)
    page.save_revision(user=author)
    receipt = make.release_alone(page, by=author, now=now)
    Receipt.objects.filter(pk=receipt.pk).update(countersign_until=now + HOUR)
    worker.lapse_due(now=now + HOUR)

    assert not picture.is_frozen()
    assert not type(page).objects.get(pk=page.pk).approved_schedule
