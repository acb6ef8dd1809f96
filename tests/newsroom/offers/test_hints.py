"""A reader says that something about an offer is wrong."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cms.mail.models import Mail
from cms.worker.duties import DUTIES
from newsroom.offers.models import Hint
from newsroom.offers.retention import forget_hints
from newsroom.offers.services import finish_hint
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(house):
    member = factories.publish(factories.member(email="member@example.org"))
    return factories.publish(factories.offer(member, email="offer@example.org"))


def send(client, offer, **fields):
    path = reverse("offer_hint", args=[offer.translation_key])
    page = client.get(path)
    assert not page.cookies
    stamp = re.search(r'name="stamp" value="([^"]+)"', page.content.decode())[1]
    return client.post(path, {"stamp": stamp, "text": "Die Nummer stimmt nicht.", **fields})


def test_a_hint_reaches_the_provider_and_the_editors_without_a_cookie(client, offer):
    editor = factories.editor()
    response = send(client, offer, reply_to="reader@example.org")
    assert response.status_code == 200
    assert not response.cookies
    mails = Mail.objects.filter(key__startswith="hint-")
    assert {mail.to for mail in mails} >= {"offer@example.org", editor.email}
    assert "Die Nummer stimmt nicht." in mails[0].body


def test_a_machine_that_fills_the_trap_is_thanked_and_forgotten(client, offer):
    assert send(client, offer, website="https://spam.example").status_code == 200
    assert not Hint.objects.exists()


def test_a_sixth_hint_within_an_hour_is_refused(client, offer):
    for _ in range(5):
        assert send(client, offer).status_code == 200
    assert send(client, offer).status_code == 429
    assert Hint.objects.count() == 5


@pytest.mark.parametrize(
    "fields",
    [{"stamp": "x"}, {"text": ""}, {"text": "x" * 100_000}, {"text": "a\x00b"}, {"reply_to": "@"}],
)
def test_a_bad_form_is_refused(client, offer, fields):
    assert send(client, offer, **fields).status_code == 400
    assert not Hint.objects.exists()


@pytest.mark.parametrize("body", ["", "{}"])
def test_a_post_that_carries_no_form_is_refused(client, offer, body):
    path = reverse("offer_hint", args=[offer.translation_key])
    assert client.post(path, body, content_type="application/json").status_code == 400


def test_a_form_sent_by_another_site_is_refused(client, offer):
    client.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert send(client, offer).status_code == 400


def test_there_is_no_form_for_what_is_not_public(client, house):
    draft = factories.offer(factories.publish(factories.member()))
    path = reverse("offer_hint", args=[draft.translation_key])
    assert client.get(path).status_code == 404
    assert client.post(path, {"text": "x"}).status_code == 404


def test_the_list_shows_a_house_its_own_hints_and_editors_all(client, offer):
    send(client, offer)
    own, stranger = factories.user(), factories.user()
    own.groups.add(factories.house_of(offer.get_parent().specific).group)
    stranger.groups.add(factories.house_of(factories.member()).group)
    hint = Hint.objects.get()
    for account, is_shown in ((own, True), (stranger, False), (factories.editor(), True)):
        client.force_login(account)
        shown = client.get("/admin/offer-hints/").content.decode()
        assert ("Die Nummer stimmt nicht." in shown) is is_shown
    client.force_login(stranger)
    assert client.post(f"/admin/offer-hints/{hint.pk}/done/").status_code == 404
    client.force_login(own)
    client.post(f"/admin/offer-hints/{hint.pk}/done/")
    hint.refresh_from_db()
    assert hint.done_by == own


def test_readers_behind_a_proxy_do_not_share_one_limit(client, offer, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(8):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        assert send(client, offer).status_code == 200


def test_a_household_cannot_count_as_many_by_its_ipv6_addresses(client, offer):
    answers = []
    for number in range(6):
        client.defaults["REMOTE_ADDR"] = f"2001:db8::{number:x}"
        answers.append(send(client, offer).status_code)
    assert answers == [200] * 5 + [429]


def test_hints_are_forgotten_in_their_time_and_what_is_personal_before(client, offer, now):
    send(client, offer, reply_to="reader@example.org")
    send(client, offer, reply_to="reader@example.org")
    done, waiting = Hint.objects.order_by("pk")
    Hint.objects.update(created_at=now)
    finish_hint(hint=done, user=factories.editor(), now=now)

    def kept(days):
        forget_hints(now=now + timedelta(days=days))
        return [(hint.pk, hint.sender != "", hint.reply_to) for hint in Hint.objects.order_by("pk")]

    address = "reader@example.org"
    assert kept(0.5) == [(done.pk, True, address), (waiting.pk, True, address)]
    assert kept(13) == [(done.pk, False, address), (waiting.pk, False, address)]
    assert kept(14) == [(done.pk, False, ""), (waiting.pk, False, address)]
    assert kept(180) == [(waiting.pk, False, address)]
    assert kept(360) == []
    assert forget_hints in DUTIES
