"""A mail is a row, written with its cause and only once."""

from datetime import timedelta

import pytest
from django.db import transaction

from cms.mail.models import Mail
from cms.mail.services import enqueue, forget, retry

pytestmark = pytest.mark.django_db


def write(now, **fields):
    values = {
        "key": "review-1-submitted-7",
        "to": "a@example.org",
        "subject": "Wartet auf Sie",
        "body": "Ein Text.",
        "now": now,
    }
    return enqueue(**{**values, **fields})


def test_a_key_is_written_once(now):
    assert write(now)
    assert not write(now, to="b@example.org", body="Ein anderer.")

    assert Mail.objects.get().to == "a@example.org"


@pytest.mark.parametrize("address", ["", "  ", "niemand", "a@example.org\nBcc: b@example.org"])
def test_no_address_no_mail(now, address):
    assert not write(now, to=address)
    assert not Mail.objects.exists()


def test_a_refused_address_is_not_logged(now, caplog):
    write(now, to="anna.lang@example.org, b@example.org")

    assert "mail without an address" in caplog.text
    assert "anna" not in caplog.text


@pytest.mark.parametrize("key", ["", "x" * 201, "a@example.org"])
def test_a_bad_key_is_an_error_of_the_caller(now, key):
    with pytest.raises(ValueError, match="key"):
        write(now, key=key)


def test_a_title_with_line_ends_stays_one_header(now):
    write(now, subject="Titel\r\nBcc: x@example.org\x00\n\n\ud800", body="a\r\nb\x00")

    mail = Mail.objects.get()
    assert mail.subject == "Titel Bcc: x@example.org"
    assert mail.body == "a\nb"


def test_a_mail_vanishes_with_the_transaction_that_caused_it(now):
    with transaction.atomic():
        assert write(now)
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_old_mails_are_emptied_but_stay_known(now, settings):
    settings.MAIL_KEPT_DAYS = 14
    write(now, key="sent")
    write(now, key="parked")
    write(now, key="waiting")
    Mail.objects.filter(key="sent").update(state="sent", sent_at=now)
    Mail.objects.filter(key="parked").update(state="parked")

    assert forget(now=now + timedelta(days=14) - timedelta(seconds=1)) == 0
    assert forget(now=now + timedelta(days=14)) == 2
    assert forget(now=now + timedelta(days=14)) == 0

    emptied = Mail.objects.filter(to="", subject="", body="")
    assert set(emptied.values_list("key", flat=True)) == {"sent", "parked"}
    assert not write(now, key="sent")  # still the same occasion


def test_only_a_parked_mail_is_tried_again(now):
    write(now)
    mail = Mail.objects.get()
    assert not retry(mail=mail, now=now)

    Mail.objects.update(state="parked", attempts=16, error="x")
    assert retry(mail=mail, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("waiting", 0, "")
