"""When an approved version becomes public, as far as anybody knows."""

import pytest

from newsroom.approval import services as approval
from newsroom.embargo.selectors import standing
from newsroom.embargo.services import NotWaitingError
from tests import factories as make
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db


def test_a_release_goes_live_at_its_own_hour(release, now):
    assert standing(release.pk, now=now).goes_live_at == now + HOUR


def test_a_translation_goes_live_with_its_source_and_not_before(release, now):
    arabic = make.translation(release, "ar", by=make.translator(), title="سر")
    arabic.go_live_at = None
    make.publish(arabic)

    assert standing(arabic.pk, now=now).goes_live_at == now + HOUR
    approval.postpone(page=release, due_at=now + 3 * HOUR, user=None, now=now)
    assert standing(arabic.pk, now=now).goes_live_at == now + 3 * HOUR


def test_nobody_is_invited_to_a_translation_of_a_source_that_is_not_approved(release, now, invite):
    arabic = make.translation(release, "ar", by=make.translator(), title="سر")
    make.publish(arabic)
    approval.drop_approval(page=release, user=None, now=now)

    assert standing(arabic.pk, now=now).goes_live_at is None
    with pytest.raises(NotWaitingError):
        invite(arabic)


def test_a_release_without_approval_has_no_hour(now):
    assert standing(make.release(go_live_at=now + HOUR).pk, now=now).goes_live_at is None


def test_nobody_is_invited_to_what_one_person_alone_has_released(settings, frozen, now, invite):
    settings.EMERGENCY_RELEASE = True
    page = make.release(go_live_at=now + HOUR)
    page.save_revision(user=make.officer())
    alone, second = make.editor(), make.editor()
    receipt = make.release_alone(page, by=alone, now=now)

    with pytest.raises(NotWaitingError):
        invite(page)
    approval.countersign(receipt=receipt, user=second, now=now)
    assert invite(page)
