"""The site knows its own address from the settings, wherever it is read from outside."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Site

from cms.mail.models import Mail
from newsroom.desk.announcing import announce_due
from newsroom.offers.freshness import ATTESTED_FOR, REMINDED_BEFORE
from newsroom.offers.models import Hint
from newsroom.offers.services import add_hint
from newsroom.offers.worker import ask_due
from tests import factories as make
from tests.conftest import NOW, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house", "frozen")]

FOREIGN = "https://presse.example.org:8443"


@pytest.fixture
def foreign(settings):
    settings.WAGTAILADMIN_BASE_URL = FOREIGN


def structured(client, page):
    text = client.get(page.url).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://presse.example.org", "presse.example.org", 443),
        ("http://presse.example.org/", "presse.example.org", 80),
        (FOREIGN, "presse.example.org", 8443),
    ],
)
def test_the_setup_gives_the_site_the_address_of_the_settings(settings, address, host, port):
    settings.WAGTAILADMIN_BASE_URL = address

    build()

    site = Site.objects.get()
    assert (site.hostname, site.port) == (host, port)


def test_structured_data_names_pages_by_the_address_of_the_settings(client, foreign):
    member = make.publish(make.member())
    offer = make.publish(make.offer(member))

    assert structured(client, member)["mainEntityOfPage"] == FOREIGN + member.url
    assert structured(client, member)["url"] == FOREIGN + member.url
    assert structured(client, offer)["url"] == FOREIGN + offer.url


def test_letters_name_pages_by_the_address_of_the_settings(frozen, foreign):
    offer = make.publish(make.offer(make.publish(make.member(email="member@example.org"))))
    add_hint(page=offer, source=Hint.Source.READER, text="Stimmt nicht", now=NOW)
    officer = make.officer()
    release = make.publish(make.release(owner=officer), by=officer)
    announce_due(now=NOW)
    frozen.move_to(due := NOW + ATTESTED_FOR - REMINDED_BEFORE)
    ask_due(now=due)

    for key, page in (("attest-", offer), ("hint-", offer), ("desk-live-", release)):
        body = Mail.objects.filter(key__startswith=key).first().body
        assert FOREIGN + page.url in body
        assert set(re.findall(r"https?://[^/\s]+", body)) == {FOREIGN}


def test_the_page_to_countersign_is_named_by_the_address_of_the_settings(client, settings, foreign):
    settings.EMERGENCY_RELEASE = True
    page = make.release()
    page.save_revision(user=make.officer())
    make.release_alone(page, by=make.editor(), now=NOW)
    client.force_login(make.editor())

    answer = client.get(reverse("approval_countersign", args=[page.pk]))

    assert FOREIGN + page.url in answer.content.decode()
