"""Facts expire: providers are asked in time, and what nobody stands by leaves the search."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cms.mail.models import Mail
from newsroom.approval.models import Receipt
from newsroom.approval.worker import publish_due
from newsroom.offers import links, worker
from newsroom.offers.freshness import ATTESTED_FOR, FOUND_FOR, REMINDED_BEFORE, Freshness
from newsroom.offers.models import Attestation, Hint, OfferPage
from newsroom.offers.regional import counts
from newsroom.offers.selectors import freshness_of, public_offers
from newsroom.offers.worker import ask_due
from search.models import SearchDocument
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

DUE = NOW + ATTESTED_FOR - REMINDED_BEFORE


@pytest.fixture
def offer(house, frozen) -> OfferPage:
    member = factories.publish(factories.member(email="member@example.org"))
    return factories.publish(factories.offer(member, title="Sprachcafé", times="Montag"))


def row(offer: OfferPage) -> SearchDocument:
    return SearchDocument.objects.get(item=str(offer.translation_key), language="de")


def ask(offer: OfferPage, frozen) -> str:
    """Let time pass until the provider is asked; return the path of the link."""
    frozen.move_to(DUE)
    assert ask_due(now=DUE) == 1
    mail = Mail.objects.get(key__startswith=f"attest-{offer.translation_key}")
    return "/" + re.search(r"https?://[^/\s]+/(\S*/antwort/\S+)", mail.body)[1]


def test_a_publication_counts_as_attestation_for_180_days(offer):
    assert freshness_of(offer).attested_until == NOW + timedelta(days=180)
    assert row(offer).visible_until == NOW + timedelta(days=210)


def test_what_ended_is_there_again_when_it_is_published_after_that(offer, frozen, client):
    client.post(ask(offer, frozen), {"choice": "end"})
    frozen.shift(60)
    factories.publish(OfferPage.objects.get(pk=offer.pk))
    again = DUE + timedelta(minutes=1)
    assert freshness_of(offer) == Freshness(attested_at=again)
    assert row(offer).visible_until == again + ATTESTED_FOR + FOUND_FOR
    assert public_offers(language="de", now=again).exists()


def test_the_provider_gets_one_mail_before_the_attestation_ends(offer, frozen):
    assert ask_due(now=DUE - timedelta(seconds=1)) == 0
    ask(offer, frozen)
    assert ask_due(now=DUE + timedelta(days=3)) == 0
    mail = Mail.objects.get(key__startswith="attest-")
    assert mail.to == "member@example.org"
    assert "Sprachcafé" in mail.subject


def test_the_link_works_where_the_sites_address_ends_in_a_slash(offer, frozen, client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://example.org/"
    assert client.get(ask(offer, frozen)).status_code == 200


def test_a_provider_who_cannot_be_asked_holds_up_nobody(offer, frozen, monkeypatch):
    frozen.shift(60)
    other = factories.publish(factories.offer(offer.get_parent().specific))
    frozen.move_to(DUE + timedelta(days=1))
    moment, original = DUE + timedelta(days=1), worker.ask_provider

    def ask_or_fail(*, page, **how):
        if page.pk == offer.pk and is_broken:
            raise RuntimeError("no letter")
        return original(page=page, **how)

    is_broken = True
    monkeypatch.setattr(worker, "ask_provider", ask_or_fail)
    monkeypatch.setattr(worker, "BATCH", 1)

    assert [ask_due(now=moment) for _ in range(3)] == [0, 1, 0]
    assert Mail.objects.filter(key__startswith=f"attest-{other.translation_key}").exists()
    is_broken = False
    assert ask_due(now=moment + worker.PAUSE) == 1
    assert Mail.objects.filter(key__startswith=f"attest-{offer.translation_key}").exists()


def test_a_look_at_the_link_changes_nothing(offer, frozen, client):
    path = ask(offer, frozen)
    before = list(Attestation.objects.values())
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert list(Attestation.objects.values()) == before


def test_still_right_attests_for_another_180_days_and_works_once(offer, frozen, client):
    path = ask(offer, frozen)
    assert client.post(path, {"choice": "confirm"}).status_code == 200
    assert freshness_of(offer).attested_until == DUE + ATTESTED_FOR
    assert row(offer).visible_until == DUE + ATTESTED_FOR + FOUND_FOR
    assert client.post(path, {"choice": "end"}).status_code == 410
    assert client.get(path).status_code == 410
    assert freshness_of(offer).ended_at is None


def test_ended_leaves_search_and_lists_at_once_and_the_page_says_so(offer, frozen, client):
    path = ask(offer, frozen)
    assert counts(DUE) == {factories.WOLFENBUETTEL_DISTRICT: 1}
    assert client.post(path, {"choice": "end"}).status_code == 200
    assert row(offer).visible_until <= DUE
    assert not public_offers(language="de", now=DUE).exists()
    assert counts(DUE) == {}
    assert "notice--warning" in client.get(offer.url).content.decode()


def test_a_change_becomes_a_draft_that_two_people_must_lead_to_the_public(offer, frozen, client):
    path = ask(offer, frozen)
    answer = {"choice": "change", "summary": "Neu beschrieben.", "times": "Dienstag"}
    assert client.post(path, answer | {"message": "Wir sind umgezogen."}).status_code == 200
    stored = OfferPage.objects.get(pk=offer.pk)
    draft = stored.get_latest_revision_as_object()
    assert (draft.summary, draft.times) == ("Neu beschrieben.", "Dienstag")
    assert stored.summary == offer.summary
    assert stored.current_workflow_state is None
    assert Receipt.objects.filter(page=offer, state=Receipt.State.LIVE).count() == 1
    hint = Hint.objects.get()
    assert hint.source == Hint.Source.PROVIDER
    assert "umgezogen" in hint.text
    assert client.post(path, answer).status_code == 410


def test_a_change_during_a_review_leaves_the_reviewed_text_alone(offer, frozen, client):
    path = ask(offer, frozen)
    offer.summary = "In Prüfung."
    factories.submit(offer, by=factories.officer())
    latest = OfferPage.objects.get(pk=offer.pk).latest_revision_id
    client.post(path, {"choice": "change", "summary": "Anders."})
    assert OfferPage.objects.get(pk=offer.pk).latest_revision_id == latest
    assert "Anders." in Hint.objects.get().text


def test_a_change_leaves_a_version_alone_that_was_approved_and_waits(offer, frozen, client):
    path = ask(offer, frozen)
    hour = DUE + timedelta(hours=1)
    offer.summary, offer.go_live_at = "Freigegeben.", hour
    factories.publish(offer)

    client.post(path, {"choice": "change", "summary": "Anders."})

    assert "Anders." in Hint.objects.get().text
    frozen.move_to(hour)
    assert publish_due(now=hour) == 1
    assert OfferPage.objects.get(pk=offer.pk).summary == "Freigegeben."


def test_an_answer_without_any_change_is_asked_again(offer, frozen, client):
    path = ask(offer, frozen)
    same = {"choice": "change", "summary": offer.summary, "times": offer.times}
    assert client.post(path, same).status_code == 400
    assert client.post(path, {"choice": "nonsense"}).status_code == 400
    assert client.post(path, {"choice": "change", "summary": "x" * 100_000}).status_code == 400
    assert not Hint.objects.exists()


def test_a_forged_or_foreign_link_opens_nothing(offer, frozen, client):
    path = ask(offer, frozen)
    for word in ("x", "a:b:c", links.token(offer_key=offer.translation_key, nonce="")):
        assert client.get(reverse("offer_answer", args=[word])).status_code == 410
    other = links.token(offer_key=uuid4(), nonce=Attestation.objects.get().nonce)
    assert client.post(reverse("offer_answer", args=[other]), {"choice": "end"}).status_code == 410
    frozen.move_to(DUE + timedelta(days=61))
    assert client.get(path).status_code == 410


def test_a_retracted_offer_is_not_asked_about(offer, frozen):
    from newsroom.approval.services import retract

    retract(page=offer, user=factories.editor(), reason="x", now=NOW)
    ask_due(now=DUE)
    assert not Mail.objects.filter(key__startswith="attest-").exists()


def test_an_offer_nobody_confirmed_is_marked_old_and_leaves_30_days_later(offer, frozen, client):
    old = NOW + ATTESTED_FOR
    frozen.move_to(old - timedelta(seconds=1))
    assert "notice--warning" not in client.get(offer.url).content.decode()
    frozen.move_to(old)
    assert "notice--warning" in client.get(offer.url).content.decode()
    assert public_offers(language="de", now=old).exists()
    assert not public_offers(language="de", now=old + FOUND_FOR).exists()
    assert client.get(offer.url).status_code == 200
