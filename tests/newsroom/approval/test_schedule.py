"""An approved version that waits: moved later, checked before its hour, dropped by writing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.media.models import MediaUse
from newsroom.approval import services, worker
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.selectors import is_public
from newsroom.approval.services import ScheduleError
from search.models import SearchDocument, UnreadDocument
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stored(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def editor():
    return make.editor()


def test_a_later_hour_needs_no_new_approval(frozen, now, editor):
    page = make.publish(make.release(go_live_at=now + HOUR))

    assert services.postpone(page=page, due_at=now + 2 * HOUR, user=editor, now=now) == [page.pk]

    frozen.move_to(now + HOUR)
    assert worker.publish_due(now=now + HOUR) == 0
    frozen.move_to(now + 2 * HOUR)
    assert worker.publish_due(now=now + 2 * HOUR) == 1
    assert is_public(page, now=now + 2 * HOUR)
    assert not is_public(page, now=now + 2 * HOUR - timedelta(seconds=1))
    assert AuditEntry.objects.filter(action="postponed", actor_id=editor.pk).exists()


@pytest.mark.parametrize("hours", [0.5, 1, -3])
def test_an_earlier_hour_or_the_same_is_refused(frozen, now, editor, hours):
    page = make.publish(make.release(go_live_at=now + HOUR))

    with pytest.raises(ScheduleError):
        services.postpone(page=page, due_at=now + hours * HOUR, user=editor, now=now)
    assert Receipt.objects.get(page=page).due_at == now + HOUR


def test_a_page_is_not_moved_behind_its_own_end(frozen, now, editor):
    page = make.publish(make.release(go_live_at=now + HOUR, expire_at=now + 3 * HOUR))

    with pytest.raises(ScheduleError, match=r"[Ee]nd"):
        services.postpone(page=page, due_at=now + 4 * HOUR, user=editor, now=now)
    assert Receipt.objects.get(page=page).due_at == now + HOUR


def test_moving_the_source_moves_every_language(frozen, now, editor):
    page = make.publish(make.release(go_live_at=now + HOUR))
    english = make.translation(page, "en", by=make.translator(), title="Embargoed")
    make.submit(english, by=english.latest_revision.user)
    make.decide(english, by=make.editor())

    services.postpone(page=page, due_at=now + 2 * HOUR, user=editor, now=now)

    dates = Receipt.objects.filter(page__in=[page, english]).values_list("due_at", flat=True)
    assert set(dates) == {now + 2 * HOUR}


def test_writing_after_the_approval_drops_it(frozen, now):
    picture = make.image()
    page = make.publish(make.release(go_live_at=now + HOUR, picture=picture))
    officer = make.officer()

    page.title = "Doch lieber anders"
    page.save_revision(user=officer)

    assert Receipt.objects.get(page=page).state == Receipt.State.SUPERSEDED
    assert AuditEntry.objects.filter(action="dropped", actor_id=officer.pk).exists()
    assert not MediaUse.objects.filter(image=picture).exists()
    frozen.move_to(now + HOUR)
    assert worker.publish_due(now=now + HOUR) == 0
    assert not stored(page).live


def test_overwriting_the_approved_revision_drops_it_too(frozen, now):
    officer = make.officer()
    page = make.publish(make.release(go_live_at=now + HOUR), by=officer)

    page.title = "Untergeschoben"
    page.save_revision(user=officer, overwrite_revision=page.latest_revision)

    assert Receipt.objects.get(page=page).state == Receipt.State.SUPERSEDED


def test_the_minute_before_finds_what_was_exchanged(frozen, now, caplog):
    picture = make.image()
    page = make.publish(make.release(go_live_at=now + HOUR, picture=picture))
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(make.jpeg("red"))

    assert worker.prepare_due(now=now) == 0  # not yet due
    assert Receipt.objects.get(page=page).state == Receipt.State.APPROVED
    worker.prepare_due(now=now + HOUR - timedelta(seconds=30))

    receipt = Receipt.objects.get(page=page)
    assert receipt.state == Receipt.State.PARKED
    assert f"picture {picture.pk}" in receipt.error
    assert "publication parked" in caplog.text


def test_the_check_is_made_at_the_hour_when_the_minute_before_was_missed(frozen, now):
    picture = make.image()
    page = make.publish(make.release(go_live_at=now + HOUR, picture=picture))
    services.postpone(page=page, due_at=now + 2 * HOUR, user=make.editor(), now=now)
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(make.jpeg("red"))

    frozen.move_to(now + 2 * HOUR)
    worker.publish_due(now=now + 2 * HOUR)

    assert not stored(page).live


def test_an_unchanged_version_is_checked_once_and_published(frozen, now):
    page = make.publish(make.release(go_live_at=now + HOUR, picture=make.image()))
    moment = now + HOUR - timedelta(seconds=30)

    assert worker.prepare_due(now=moment) == 1
    assert worker.prepare_due(now=moment) == 0
    frozen.move_to(now + HOUR)
    assert worker.publish_due(now=now + HOUR) == 1
    assert stored(page).live


def test_a_parked_publication_can_be_tried_again(frozen, now, editor):
    page = make.publish(make.release(go_live_at=now + HOUR))
    receipt = Receipt.objects.get(page=page)
    services.park(receipt=receipt, error=RuntimeError("disk full"), now=now)

    assert services.retry(receipt=receipt, user=editor, now=now)
    assert not services.retry(receipt=receipt, user=editor, now=now)

    frozen.move_to(now + HOUR)
    assert worker.publish_due(now=now + HOUR) == 1


def test_a_refusal_names_the_field_that_was_changed(frozen, now):
    page = make.publish(make.release(go_live_at=now + HOUR))
    receipt = Receipt.objects.get(page=page)
    receipt.revision.content = {**receipt.revision.content, "lead": "Ausgetauscht"}
    receipt.revision.save()
    frozen.move_to(now + HOUR)

    worker.publish_due(now=now + HOUR)

    error = Receipt.objects.get(page=page).error
    assert "lead" in error
    assert "Ausgetauscht" not in error


def test_what_lies_ready_is_not_public_before_its_hour(frozen, now, client):
    page = make.release(title="Entwurfstitel", go_live_at=now + HOUR)
    page.save_revision()
    page.title = "Bereitgelegt"
    page = make.publish(page)
    moment = now + HOUR - timedelta(seconds=1)
    frozen.move_to(moment)
    worker.prepare_due(now=moment)

    page = stored(page)
    assert page.title == "Bereitgelegt"
    assert not page.live
    assert client.get(page.url).status_code == 404
    assert client.get("/api/v1/search", {"q": "Bereitgelegt"}).json()["total"] == 0

    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    page = stored(page)
    assert client.get(page.url).status_code == 200
    assert client.get("/api/v1/search", {"q": "Bereitgelegt"}).json()["total"] == 1
    assert not page.has_unpublished_changes
    assert page.live_revision_id == Receipt.objects.get(page=page).revision_id
    assert page.get_lock() is None


def test_rows_changed_after_they_were_laid_ready_are_refused(frozen, now):
    page = make.publish(make.release(go_live_at=now + HOUR))
    worker.prepare_due(now=now + HOUR - timedelta(seconds=1))
    type(page).objects.filter(pk=page.pk).update(lead="Untergeschoben")
    frozen.move_to(now + HOUR)

    assert worker.publish_due(now=now + HOUR) == 0
    assert not stored(page).live
    assert Receipt.objects.get(page=page).attempts == 1


def test_a_later_version_of_a_public_page_is_not_laid_over_it(frozen, now, client):
    page = make.publish(make.release(title="Erste Fassung"))
    frozen.shift(60)
    page.title, page.go_live_at = "Zweite Fassung", now + HOUR
    make.publish(page)

    worker.prepare_due(now=now + HOUR - timedelta(seconds=1))

    assert stored(page).title == "Erste Fassung"


def test_a_document_that_cannot_be_built_is_known_before_the_hour(frozen, now, monkeypatch):
    page = make.publish(make.release(go_live_at=now + HOUR))

    def fail(page):
        raise RuntimeError("the builder is broken")

    monkeypatch.setattr("newsroom.releases.search.build", fail)
    worker.prepare_due(now=now + HOUR - timedelta(seconds=50))

    assert "the builder is broken" in Receipt.objects.get(page=page).error


def test_preparing_writes_nothing_that_search_could_find(frozen, now):
    make.publish(make.release(title="Bereitgelegt", go_live_at=now + HOUR))

    assert worker.prepare_due(now=now + HOUR - timedelta(seconds=30)) == 1

    assert not SearchDocument.objects.filter(kind="release").exists()
    assert not UnreadDocument.objects.filter(document__kind="release").exists()


def test_what_is_due_is_published_while_much_is_being_prepared(frozen, now):
    for _ in range(worker.STEP + 1):
        make.publish(make.release(go_live_at=now + HOUR))

    moment = now + HOUR - timedelta(seconds=30)
    assert worker.prepare_due(now=moment) == worker.STEP
    assert worker.prepare_due(now=moment) == 1


def publish_at_once(count, *, hour, frozen):
    """Return how many statements the publication of `count` versions took."""
    for _ in range(count):
        make.publish(make.release(go_live_at=hour, picture=make.image()))
    frozen.move_to(hour - timedelta(seconds=1))
    while worker.prepare_due(now=hour - timedelta(seconds=1)):
        pass
    frozen.move_to(hour)
    with CaptureQueriesContext(connection) as statements:
        assert worker.publish_due(now=hour) == count
    return len(statements)


def test_of_several_versions_due_at_once_each_costs_next_to_no_statements(frozen, now):
    publish_at_once(1, hour=now + HOUR, frozen=frozen)  # remembers what stays the same
    few = publish_at_once(2, hour=now + 2 * HOUR, frozen=frozen)
    many = publish_at_once(8, hour=now + 3 * HOUR, frozen=frozen)

    assert many - few <= 6  # one for each: until when it is public


def test_the_worker_awaits_an_hour_that_is_seconds_away(frozen, now):
    make.publish(make.release(go_live_at=now + HOUR))

    moments = (timedelta(minutes=1), timedelta(seconds=4), timedelta(0), -timedelta(seconds=1))
    assert [worker.await_hour(now=now + HOUR - each) for each in moments] == [0, 1, 0, 0]
