"""The one exception from four eyes: off by default, told to everybody, over after a day."""

from datetime import timedelta

import pytest

from cms.pages.gate import NotApprovedError, RefusedError
from newsroom.approval import services, worker
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.rules import NotReadyError
from newsroom.approval.selectors import is_public
from search.models import SearchDocument
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


@pytest.fixture
def allowed(settings):
    settings.EMERGENCY_RELEASE = True


@pytest.fixture
def editor():
    return make.editor()


def draft(by, **fields):
    page = make.release(**fields)
    page.save_revision(user=by)
    return page


def release(page, user, now, reason="Sturmflut: Warnung der Bevölkerung"):
    return make.release_alone(page, by=user, reason=reason, now=now)


def test_it_is_off_by_default(frozen, now, editor):
    page = draft(editor)
    with pytest.raises(NotApprovedError):
        release(page, editor, now)
    assert not is_public(page, now=now)


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("person", [make.officer, make.translator, make.superuser])
def test_only_editors_may(frozen, now, person):
    writer = person()
    with pytest.raises(NotApprovedError):
        release(draft(writer), writer, now)


@pytest.mark.usefixtures("allowed")
def test_it_needs_a_reason_and_a_complete_text(frozen, now, editor):
    with pytest.raises(NotApprovedError):
        release(draft(editor), editor, now, reason="  ")
    with pytest.raises(NotReadyError):
        release(draft(editor, regions=()), editor, now)


@pytest.mark.usefixtures("allowed")
def test_it_is_public_for_a_day_by_the_clock(frozen, now, editor, client):
    page = draft(editor, title="Sturmflutwarnung")
    release(page, editor, now)
    page.refresh_from_db()

    assert client.get(page.url).status_code == 200
    assert client.get("/api/v1/search", {"q": "Sturmflutwarnung"}).json()["total"] == 1
    assert AuditEntry.objects.get(action="emergency").note.startswith("Sturmflut")

    frozen.move_to(now + DAY)  # no worker has run
    assert client.get(page.url).status_code in (404, 410)
    assert client.get("/api/v1/search", {"q": "Sturmflutwarnung"}).json()["total"] == 0

    assert worker.lapse_due(now=now + DAY) == 1
    page.refresh_from_db()
    assert not page.live
    assert client.get(page.url).status_code == 410
    assert SearchDocument.objects.get(item=page.translation_key).is_deleted
    assert AuditEntry.objects.filter(action="lapsed", page_id=page.pk).exists()
    assert worker.lapse_due(now=now + DAY) == 0


@pytest.mark.usefixtures("allowed")
def test_a_second_person_makes_it_stay(frozen, now, editor, client):
    page = draft(make.officer(), title="Sturmflutwarnung")
    receipt = release(page, editor, now)

    services.countersign(receipt=receipt, user=make.editor(), now=now)

    frozen.move_to(now + DAY)
    assert worker.lapse_due(now=now + DAY) == 0
    assert is_public(page, now=now + DAY)
    assert client.get("/api/v1/search", {"q": "Sturmflutwarnung"}).json()["total"] == 1


@pytest.mark.usefixtures("allowed")
def test_nobody_with_a_part_in_it_countersigns(frozen, now, editor):
    writer = make.editor()
    receipt = release(draft(writer), editor, now)

    for person in (writer, editor, make.officer(), make.superuser()):
        with pytest.raises(RefusedError):
            services.countersign(receipt=receipt, user=person, now=now)
    with pytest.raises(RefusedError):
        services.countersign(receipt=receipt, user=make.editor(), now=now + DAY)


@pytest.mark.usefixtures("allowed")
def test_an_embargo_holds_in_an_emergency_too(frozen, now, editor):
    page = draft(editor, go_live_at=now + timedelta(hours=2))
    receipt = release(page, editor, now)

    assert receipt.state == Receipt.State.APPROVED
    assert receipt.countersign_until == now + timedelta(hours=26)
    assert not is_public(page, now=now)
