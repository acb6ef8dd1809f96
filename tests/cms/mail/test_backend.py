"""Django's own mails take the same way."""

import re

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.mail import send_mail as wagtail_send_mail

from cms.mail.models import Mail
from cms.mail.worker import send_due
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("transport")]


def test_send_mail_writes_a_row_for_each_address():
    assert send_mail("Betreff", "Text", None, ["a@example.org", "B <b@example.org>"]) == 1

    assert set(Mail.objects.values_list("to", "subject", "is_confidential")) == {
        ("a@example.org", "Betreff", True),
        ("b@example.org", "Betreff", True),
    }
    assert not django_mail.outbox


def test_the_same_text_sent_twice_is_two_mails():
    for _ in range(2):
        send_mail("Betreff", "Text", None, ["a@example.org"])

    assert Mail.objects.count() == 2


def test_wagtail_s_mails_take_the_same_way():
    wagtail_send_mail("Betreff", "Text", ["a@example.org"])

    assert Mail.objects.get().subject == "Betreff"


def test_a_mail_of_a_failed_transaction_never_leaves():
    with transaction.atomic():
        send_mail("Betreff", "Text", None, ["a@example.org"])
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_files_are_refused_loudly():
    letter = EmailMultiAlternatives("Betreff", "Text", None, ["a@example.org"])
    letter.attach("a.txt", "x", "text/plain")

    with pytest.raises(ValueError, match="plain text"):
        letter.send()


def test_a_new_password_is_asked_for_by_mail(client):
    account = make.editor(password="alt-und-lang-genug")
    client.post(reverse("wagtailadmin_password_reset"), {"email": account.email})

    written = Mail.objects.get()
    assert written.is_confidential
    assert send_due(now=timezone.now()) == 1
    address = re.search(r"http://[^/]+(/\S+)", django_mail.outbox[0].body).group(1)
    assert client.get(address, follow=True).status_code == 200
    written.refresh_from_db()
    assert written.body == ""
