"""A reader says that something about an offer is wrong."""

import re

import pytest
from django.urls import reverse

from cms.mail.models import Mail
from newsroom.members.houses import house_of
from newsroom.offers.models import Hint
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
    own.groups.add(house_of(offer.get_parent().specific).group)
    stranger.groups.add(house_of(factories.member()).group)
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
