"""What stands at the address of a page that was taken back passes four eyes too."""

import pytest

from cms.mail.models import Mail
from cms.pages.gate import RefusedError
from newsroom.approval import services
from newsroom.approval.models import Notice
from tests import factories as make

pytestmark = pytest.mark.django_db
TEXT = "Die Zahlen dieser Mitteilung waren falsch."


@pytest.fixture
def withdrawn(frozen, now):
    page = make.publish(make.release(title="Zurückgenommenes"))
    services.retract(page=page, user=make.editor(), reason="intern", now=now)
    page.refresh_from_db()
    return page


def test_a_notice_is_shown_after_a_second_person(withdrawn, now, client):
    author = make.editor()
    notice = services.propose_notice(page=withdrawn, text=TEXT, user=author, now=now)
    assert TEXT not in client.get(withdrawn.url).content.decode()

    with pytest.raises(RefusedError):
        services.decide_notice(notice=notice, user=author, is_approved=True, now=now)
    services.decide_notice(notice=notice, user=make.editor(), is_approved=True, now=now)

    answer = client.get(withdrawn.url)
    assert answer.status_code == 410
    assert TEXT in answer.content.decode()
    assert "Zurückgenommenes" not in answer.content.decode()
    assert "noindex" in answer.content.decode()
    assert client.get("/api/v1/search", {"q": "Zahlen Mitteilung"}).json()["total"] == 0


def test_a_rejected_notice_is_not_shown_and_decided_once(withdrawn, now, client):
    notice = services.propose_notice(page=withdrawn, text=TEXT, user=make.editor(), now=now)
    services.decide_notice(notice=notice, user=make.editor(), is_approved=False, now=now)

    assert TEXT not in client.get(withdrawn.url).content.decode()
    with pytest.raises(RefusedError):
        services.decide_notice(notice=notice, user=make.editor(), is_approved=True, now=now)


def test_a_public_page_has_no_notice(frozen, now):
    page = make.publish(make.release())
    with pytest.raises(RefusedError):
        services.propose_notice(page=page, text=TEXT, user=make.editor(), now=now)


def test_a_page_that_comes_back_loses_its_notice(withdrawn, frozen, now, client):
    notice = services.propose_notice(page=withdrawn, text=TEXT, user=make.editor(), now=now)
    services.decide_notice(notice=notice, user=make.editor(), is_approved=True, now=now)
    frozen.shift(60)
    make.publish(type(withdrawn).objects.get(pk=withdrawn.pk))

    services.retract(page=withdrawn, user=make.editor(), reason="", now=now)

    assert TEXT not in client.get(withdrawn.url).content.decode()
    assert not Notice.objects.filter(state=Notice.State.PUBLISHED).exists()


def test_the_other_editors_are_told_that_a_notice_waits(withdrawn, now):
    author, other = make.editor(), make.editor()
    Mail.objects.all().delete()

    services.propose_notice(page=withdrawn, text=TEXT, user=author, now=now)

    addresses = set(Mail.objects.values_list("to", flat=True))
    assert other.email in addresses
    assert author.email not in addresses
    assert not Mail.objects.filter(body__contains=TEXT).exists()
