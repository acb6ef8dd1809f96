"""The demonstration loads through four eyes, once."""

import pytest
from django.core.management import CommandError, call_command

from cms.demo.people import PEOPLE
from cms.demo.services import load_demo
from newsroom.approval.models import Receipt
from newsroom.members.models import MemberPage
from newsroom.offers.models import OfferPage
from newsroom.releases.models import PressReleasePage

pytestmark = pytest.mark.django_db


def test_the_demonstration_loads_once_and_keeps_what_was_written(frozen, now, client):
    assert load_demo(now=now)

    for model, number in ((MemberPage, 12), (OfferPage, 20), (PressReleasePage, 12)):
        assert model.objects.filter(locale__language_code="de", live=True).count() == number
    assert not Receipt.objects.exclude(state=Receipt.State.LIVE).exists()
    districts = client.get("/api/v1/search", {"kind": "offer"}).json()["facets"]["region"]
    assert len([facet for facet in districts if len(facet["key"]) == 5]) >= 8
    arabic = client.get("/ar/newsroom/landkreis-wolfenbuettel-tritt-bei/").content.decode()
    assert "Fachwerk" not in arabic  # the caption is translated, too
    for person in PEOPLE:
        assert client.login(username=person.username, password="gesamtschau")

    page = PressReleasePage.objects.filter(live=True).first()
    page.title = "Von Menschen geändert"
    page.save_revision(clean=False)
    assert not load_demo(now=now)
    page = PressReleasePage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Von Menschen geändert"


def test_the_demonstration_refuses_production_settings(settings):
    settings.IS_DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="production"):
        call_command("demo")
