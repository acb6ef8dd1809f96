"""The large demonstration: plausible, complete, the same every time."""

import pytest

from cms.demo import large
from newsroom.members.models import MemberPage
from newsroom.offers.models import OfferPage
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_it_fills_the_directory_once_by_two_people(house, frozen, monkeypatch):
    monkeypatch.setattr(large, "MEMBERS", 2)
    monkeypatch.setattr(large, "OFFERS_EACH", 2)
    people = {"writer": factories.officer(), "approver": factories.editor()}
    assert large.load_large(**people, now=NOW) == 6
    assert MemberPage.objects.filter(live=True).count() == 2
    assert OfferPage.objects.filter(live=True).count() == 4
    assert large.load_large(**people, now=NOW) == 0


def test_the_rows_are_the_same_every_time_and_name_example_addresses(house):
    rows = list(large._member_rows(large.MEMBERS))
    assert rows == list(large._member_rows(large.MEMBERS))
    assert len({row["title"] for row in rows}) == len(rows)
    assert all(row["email"].endswith(".example.org") for row in rows)
