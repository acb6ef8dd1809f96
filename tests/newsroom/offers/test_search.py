"""Where an offer is, for readers who ask what is near."""

import pytest

from newsroom.offers.models import OfferPage, OfferPlace
from newsroom.offers.search import build
from tests import factories as make

pytestmark = pytest.mark.django_db

SEAT = {"latitude": 52.0, "longitude": 10.0}


@pytest.mark.parametrize(
    ("mode", "places", "expected"),
    [
        ("on_site", [], (52.0, 10.0)),
        ("both", [], (52.0, 10.0)),
        ("online", [], None),
        ("on_site", [(52.16, 10.53), (53.0, 9.0)], (52.16, 10.53)),
        ("on_site", [(None, None), (53.0, 9.0)], (53.0, 9.0)),
        ("on_site", [(None, None)], None),
        ("online", [(52.16, 10.53)], None),
    ],
)
def test_an_offer_is_at_its_place_else_at_its_providers_and_online_nowhere(mode, places, expected):
    member = make.publish(make.member(**SEAT))
    offer = make.offer(member, mode=mode)
    offer.places = [
        OfferPlace(town="Ort", latitude=latitude, longitude=longitude)
        for latitude, longitude in places
    ]
    offer.save()
    page = make.publish(OfferPage.objects.get(pk=offer.pk))

    assert build(page).point == expected
