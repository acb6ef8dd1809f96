"""How long an offer counts is decided once: page, lists and search agree at every moment."""

from datetime import timedelta

import pytest

from newsroom.approval.worker import prepare_due
from newsroom.offers.freshness import ATTESTED_FOR, FOUND_FOR
from newsroom.offers.models import Attestation, OfferPage
from newsroom.offers.selectors import current, freshness_of
from search.documents import refresh
from search.models import SearchDocument
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

# What may happen to an offer attested at NOW, and the moments around it.
TURNS = (timedelta(days=1), ATTESTED_FOR, ATTESTED_FOR + FOUND_FOR)
AROUND = [NOW + turn + timedelta(seconds=late) for turn in TURNS for late in (-1, 0, 1)]


def test_page_lists_and_search_agree_around_every_limit(house, frozen):
    offer = factories.publish(factories.offer(factories.publish(factories.member())))
    key = str(offer.translation_key)
    for ended_at in (None, *AROUND):
        Attestation.objects.filter(offer_key=key).update(ended_at=ended_at)
        refresh(kind="offer", item=key, now=NOW)
        expected_until = min(filter(None, (NOW + timedelta(days=210), ended_at)))
        counts_until = freshness_of(offer).found_until
        found_until = SearchDocument.objects.get(item=key, language="de").visible_until
        for now in AROUND:
            listed = current(OfferPage.objects.all(), now=now).exists()
            answers = (now < counts_until, listed, now < found_until)
            assert answers == (now < expected_until,) * 3, (ended_at, now)


def test_an_offer_nobody_has_attested_yet_is_prepared_before_its_hour(house, frozen):
    member = factories.publish(factories.member())
    offer = factories.offer(member, go_live_at=NOW + timedelta(hours=1))
    factories.publish(offer)
    assert freshness_of(offer) is None
    assert prepare_due(now=NOW + timedelta(minutes=59, seconds=30)) == 1
