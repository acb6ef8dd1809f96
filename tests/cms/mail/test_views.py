"""The outbox is read by superusers alone."""

import pytest
from django.urls import reverse

from cms.mail.models import Mail
from cms.mail.services import enqueue
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(now):
    enqueue(key="k", to="a@example.org", subject="Wartet auf Sie", body="Zum <b>Lesen</b>", now=now)
    return Mail.objects.get()


@pytest.mark.parametrize("account", [make.officer, make.editor, make.translator])
def test_nobody_else_sees_the_outbox(client, mail, account):
    client.force_login(account())
    for name, arguments in (("mail_outbox", []), ("mail_letter", [mail.pk])):
        answer = client.get(reverse(name, args=arguments))
        assert answer.status_code in {302, 403}
        assert "Wartet auf Sie" not in answer.content.decode()
    Mail.objects.update(state="parked")
    client.post(reverse("mail_again", args=[mail.pk]))
    assert Mail.objects.get().state == "parked"
    assert reverse("mail_outbox") not in client.get("/admin/").content.decode()


def test_a_superuser_reads_what_was_written(client, mail):
    client.force_login(make.superuser())

    assert "Wartet auf Sie" in client.get(reverse("mail_outbox")).content.decode()
    assert (
        "Zum &lt;b&gt;Lesen" in client.get(reverse("mail_letter", args=[mail.pk])).content.decode()
    )
    assert reverse("mail_outbox") in client.get("/admin/").content.decode()


def test_a_confidential_text_is_shown_to_nobody(client, mail):
    Mail.objects.update(is_confidential=True)
    client.force_login(make.superuser())

    assert "Lesen" not in client.get(reverse("mail_letter", args=[mail.pk])).content.decode()


def test_a_superuser_sets_a_parked_mail_going(client, mail):
    client.force_login(make.superuser())
    again = reverse("mail_again", args=[mail.pk])
    assert client.get(again).status_code == 405
    client.post(again)
    assert Mail.objects.get().attempts == 0
    Mail.objects.update(state="parked", attempts=4)
    client.post(again)

    assert (Mail.objects.get().state, Mail.objects.get().attempts) == ("waiting", 0)


def test_an_empty_outbox_says_what_will_come(client):
    client.force_login(make.superuser())

    assert client.get(reverse("mail_outbox")).status_code == 200
