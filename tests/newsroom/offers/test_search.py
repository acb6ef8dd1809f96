"""How offers are found: where they are, and how long somebody stands by them."""

from datetime import timedelta

import pytest

from newsroom.offers.freshness import ATTESTED_FOR
from newsroom.offers.models import OfferPage, OfferPlace
from search.models import SearchDocument
from search.params import SearchParams
from search.service import search
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(house, frozen):
    """Publish an offer with places; return its row of search."""

    def offered(*places: OfferPlace, seat=None, **fields) -> SearchDocument:
        member = factories.publish(factories.member(**(seat or {})))
        page = factories.offer(member, title="Sprachcafé", **fields)
        page.places = list(places)
        page = factories.publish(page)
        return SearchDocument.objects.get(item=str(page.translation_key), language="de")

    return offered


def test_offer_is_at_all_its_places(offered):
    row = offered(
        OfferPlace(town="Goslar", latitude=51.9, longitude=10.4),
        OfferPlace(town="Wolfenbüttel", latitude=52.1, longitude=10.5),
    )
    assert row.points == [[51.9, 10.4], [52.1, 10.5]]
    assert row.places.count() == 2


@pytest.mark.parametrize("address", [None, "Okerufer 21, 38300 Wolfenbüttel"])
def test_address_without_coordinates_is_where_its_postal_code_is(offered, address):
    places = [] if address else [OfferPlace(town="Wolfenbüttel", postal_code="38300")]
    ((latitude, longitude),) = offered(*places, address=address or "").points
    assert (round(latitude, 1), round(longitude, 1)) == (52.2, 10.5)


def test_offer_without_address_is_where_its_provider_is(offered):
    seat = {"latitude": 52.0, "longitude": 10.0}
    assert offered(seat=seat).points == [[52.0, 10.0]]
    goslar = OfferPlace(town="Goslar", latitude=51.9, longitude=10.4)
    assert offered(goslar, seat=seat).points == [[51.9, 10.4]]


def test_online_offer_is_nowhere(offered):
    place = OfferPlace(town="Goslar", latitude=51.9, longitude=10.4)
    assert offered(place, mode=OfferPage.Mode.ONLINE).points == []


def test_offer_is_marked_as_old_in_search_as_on_its_page(offered, frozen, client):
    row = offered()
    for late, is_old in ((-1, False), (1, True)):
        now = NOW + ATTESTED_FOR + timedelta(seconds=late)
        frozen.move_to(now)
        hits = search(SearchParams(language="de", q="Sprachcafé"), now=now).hits
        assert [hit.is_old for hit in hits] == [is_old]
        assert ("notice--warning" in client.get(row.url).content.decode()) == is_old
        assert ("badge--old" in client.get("/de/suche/?q=Sprachcafe").content.decode()) == is_old
