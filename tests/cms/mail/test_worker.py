"""Every mail leaves at least once, with one Message-ID, whatever the server does."""

import email
import logging
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction

from cms.mail import transport as way_out
from cms.mail import worker
from cms.mail.models import Mail
from cms.mail.services import enqueue

pytestmark = pytest.mark.django_db


def write(now, number=1, **fields):
    values = {"to": f"leser{number}@example.org", "subject": "Größe", "body": "Ein Text mit ß."}
    assert enqueue(key=f"key-{number}", now=now, **{**values, **fields})
    return Mail.objects.get(key=f"key-{number}")


def read(mail):
    return Mail.objects.get(pk=mail.pk)


def test_a_waiting_mail_is_sent_once(now, server):
    mail = write(now)

    assert worker.send_due(now=now) == 1
    assert worker.send_due(now=now) == 0

    assert len(server.received) == 1
    letter = email.message_from_bytes(server.received[0], policy=email.policy.default)
    assert letter["To"] == mail.to
    assert letter["Subject"] == "Größe"
    assert letter["Message-ID"] == mail.message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Ein Text mit ß." in letter.get_content()
    assert (read(mail).state, read(mail).sent_at) == ("sent", now)


def test_a_hostile_subject_adds_no_header(now, server):
    write(now, subject="Titel\r\nBcc: x@example.org\r\n\r\nText")

    worker.send_due(now=now)

    letter = email.message_from_bytes(server.received[0], policy=email.policy.default)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Titel Bcc: x@example.org Text"


def test_a_worker_killed_between_sending_and_noting_sends_again_with_the_same_id(
    now, transport, monkeypatch
):
    mail = write(now)

    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_held", die)
        with pytest.raises(Killed):
            worker.send_due(now=now)
    assert len(django_mail.outbox) == 1
    assert read(mail).state == "waiting"

    assert worker.send_due(now=now + worker.LEASE - timedelta(seconds=1)) == 0
    assert worker.send_due(now=now + worker.LEASE) == 1
    ids = {letter.extra_headers["Message-ID"] for letter in django_mail.outbox}
    assert ids == {mail.message_id}
    assert read(mail).state == "sent"


def test_a_worker_whose_lease_has_passed_on_notes_nothing(now, transport, monkeypatch):
    mail = write(now)
    build = way_out.message

    def slow(row):
        Mail.objects.filter(pk=row.pk).update(lease_token="somebody else")
        return build(row)

    monkeypatch.setattr(way_out, "message", slow)
    worker.send_due(now=now)

    assert (read(mail).state, read(mail).lease_token) == ("waiting", "somebody else")


def test_nothing_is_sent_inside_a_transaction(now, transport):
    write(now)
    with transaction.atomic(), pytest.raises(RuntimeError):
        worker.send_due(now=now)
    assert not django_mail.outbox


def test_a_refused_recipient_is_tried_again_then_parked_and_alarmed(now, server, caplog):
    server.answers["RCPT"] = "550 <leser1@example.org> is unknown"
    refused = write(now)
    pauses = []
    for _ in range(worker.MAX_REFUSALS):
        assert worker.send_due(now=now) == 0
        pauses.append(read(refused).next_attempt_at - now)
        now = read(refused).next_attempt_at

    assert [pause.total_seconds() for pause in pauses] == [60, 120, 240, 480]
    assert read(refused).state == "parked"
    assert "550" in read(refused).error
    alarms = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.message for record in alarms] == ["mail parked"]
    told = f"{alarms[0].__dict__} {read(refused).error}"
    assert "leser1" not in told
    assert read(refused).to == "leser1@example.org"  # kept, to be tried again by hand


def test_one_refused_mail_holds_up_no_other(now, server):
    server.answers["RCPT"] = "550 unknown"
    write(now, 1)
    worker.send_due(now=now)
    server.answers.clear()
    write(now, 2)

    assert worker.send_due(now=now) == 1


def test_a_server_that_is_away_parks_a_mail_only_after_more_than_a_day(now, server, caplog):
    server.close()
    mail, begin = write(now), now
    for _ in range(worker.MAX_ATTEMPTS):
        assert read(mail).state == "waiting"
        worker.send_due(now=now)
        now = read(mail).next_attempt_at

    assert read(mail).state == "parked"
    assert now - begin > timedelta(days=1)


@pytest.mark.parametrize("how", ["silent", "hangs up at once", "hangs up after the text", "busy"])
def test_a_failing_server_costs_one_try_and_gives_all_a_pause(now, server, how, caplog):
    server.is_silent = how == "silent"
    server.answers = {
        "hangs up at once": {"EHLO": None},
        "hangs up after the text": {"END": None},
        "busy": {"EHLO": "421 busy", "HELO": "421 busy"},
    }.get(how, {})
    first, second = write(now, 1), write(now, 2)

    assert worker.send_due(now=now) == 0

    assert (read(first).attempts, read(second).attempts) == (1, 0)
    for mail in (first, second):
        assert read(mail).state == "waiting"
        assert read(mail).lease_token == ""
        assert read(mail).next_attempt_at == now + worker.OUTAGE_PAUSE
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]

    server.is_silent, server.answers = False, {}
    assert worker.send_due(now=now + worker.OUTAGE_PAUSE) == 2
    ids = [email.message_from_bytes(text)["Message-ID"] for text in server.received]
    assert set(ids) == {first.message_id, second.message_id}


def test_a_mail_that_breaks_every_connection_holds_up_no_other_and_ends(now, server, caplog):
    server.answers["RCPT TO:<LESER1@EXAMPLE.ORG>"] = None
    poison, good = write(now, 1), write(now, 2)

    worker.send_due(now=now)
    now += worker.OUTAGE_PAUSE
    for _ in range(worker.MAX_ATTEMPTS):
        worker.send_due(now=now)
        now += worker.LONGEST_PAUSE

    assert read(good).state == "sent"
    assert read(poison).state == "parked"


def test_a_round_ends_with_its_budget(now, server, monkeypatch):
    monkeypatch.setattr(worker, "BUDGET", -1.0)
    mail = write(now)

    assert worker.send_due(now=now) == 0
    assert (read(mail).lease_token, read(mail).attempts) == ("", 0)


def test_a_confidential_text_is_emptied_when_it_is_sent(now, transport):
    secret = write(now, is_confidential=True)

    worker.send_due(now=now)

    assert "Ein Text" in django_mail.outbox[0].body
    assert read(secret).body == ""
