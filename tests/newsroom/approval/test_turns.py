"""Everybody locks in one order, so that no two wait for each other: seen in what is sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.media.services import hold
from newsroom.approval import services, worker
from newsroom.offers.models import Attestation
from newsroom.offers.services import confirm, propose_change
from tests import factories as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
HOUR = timedelta(hours=1)
ORDER = PAGE, RECEIPT, DOCUMENT, ATTESTATION = (
    "wagtailcore_page", "approval_receipt", "pg_advisory_xact_lock", "offers_attestation",
)  # fmt: skip


def locked(act):
    """Return what an act begins to lock, in order."""
    with CaptureQueriesContext(connection) as sent:
        act()
    found = []
    for query in sent:
        # An UPDATE locks what it writes on, whatever it compares that with.
        sql, is_update, _values = query["sql"].partition(" SET ")
        if is_update or "FOR UPDATE" in sql or "pg_advisory" in sql:
            found += [name for name in ORDER if name in sql]
    return list(dict.fromkeys(found))


def publish(now, frozen):
    make.publish(make.offer(make.publish(make.member()), go_live_at=now + HOUR))
    frozen.move_to(now + HOUR)
    return lambda: worker.publish_due(now=now + HOUR)


def postpone(now, frozen):
    page = make.publish(make.release(go_live_at=now + HOUR))
    return lambda: services.postpone(page=page, due_at=now + 2 * HOUR, user=None, now=now)


def retract(now, frozen):
    page = make.publish(make.release())
    return lambda: services.retract(page=page, user=None, reason="", now=now)


def expire(now, frozen):
    make.publish(make.release(expire_at=now + HOUR))
    frozen.move_to(now + HOUR)
    return lambda: worker.expire_due(now=now + HOUR)


def alone(now):
    page = make.release()
    page.save_revision(user=make.officer())
    return make.release_alone(page, by=make.editor(), now=now)


def countersign(now, frozen):
    receipt = alone(now)
    return lambda: services.countersign(receipt=receipt, user=make.editor(), now=now)


def lapse(now, frozen):
    alone(now)
    frozen.move_to(now + 24 * HOUR)
    return lambda: worker.lapse_due(now=now + 24 * HOUR)


def asked(now):
    page = make.publish(make.offer(make.publish(make.member())))
    Attestation.objects.update(nonce="nonce")
    return page


def attest(now, frozen):
    page = asked(now)
    return lambda: confirm(offer_key=str(page.translation_key), nonce="nonce", now=now)


def change(now, frozen):
    page = asked(now)
    return lambda: propose_change(
        page=page, nonce="nonce", changes={"summary": "Anders."}, message="", now=now
    )


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (publish, [PAGE, RECEIPT, DOCUMENT, ATTESTATION]),
        (postpone, [PAGE, RECEIPT]),
        (retract, [PAGE, RECEIPT, DOCUMENT]),
        (expire, [PAGE, RECEIPT, DOCUMENT]),
        (countersign, [PAGE, RECEIPT, DOCUMENT]),
        (lapse, [PAGE, RECEIPT, DOCUMENT]),
        (attest, [DOCUMENT, ATTESTATION]),
        # Of a page of which no receipt waits; else nothing is written on it.
        (change, [PAGE, DOCUMENT, ATTESTATION, RECEIPT]),
    ],
)
def test_pages_come_before_what_belongs_to_them(now, frozen, settings, way, expected):
    settings.EMERGENCY_RELEASE = True
    assert locked(way(now, frozen)) == expected


@pytest.mark.parametrize("kind", ["image", "file"])
def test_who_exchanges_a_picture_or_freezes_it_has_it_alone(kind):
    thing = getattr(make, kind)()
    page = make.release()
    shown = {"image_ids": [], "file_ids": [], f"{kind}_ids": [thing.pk]}

    for act in (thing.save, lambda: hold(page_id=page.pk, **shown)):
        with CaptureQueriesContext(connection) as sent:
            act()
        first, *_others = (each["sql"] for each in sent if not each["sql"].startswith("SAVEPOINT"))
        assert f'FROM "{thing._meta.db_table}"' in first
        assert first.endswith("FOR UPDATE")
