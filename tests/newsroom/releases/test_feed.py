"""The feed of all news, and the way to it."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils.http import http_date

from newsroom.approval import services
from tests import factories as make

pytestmark = pytest.mark.django_db

FEED = "/de/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, path=FEED):
    root = ET.fromstring(client.get(path).content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_has_what_is_public_the_newest_first(client, frozen, now):
    make.submit(make.release(title="Entwurf"), by=make.officer())
    member = make.publish(make.member(title="Haus"))
    make.publish(make.release(title="Alt", dateline_date=now.date() - timedelta(days=3)))
    make.publish(make.release(title="Neu <i>", issuing_member=member))
    gone = make.publish(make.release(title="Weg"))
    assert titles(client) == ["Weg", "Neu <i>", "Alt"]
    services.retract(page=gone, user=make.editor(), reason="Fehler", now=now)
    assert titles(client) == ["Neu <i>", "Alt"]
    assert titles(client, "/en/feed/") == []


def test_the_feed_is_atom_and_asks_caches_to_ask_again(client, frozen, now):
    make.publish(make.release())
    answer = client.get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in answer
    root = ET.fromstring(answer.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert root.find(f"{ATOM}entry/{ATOM}id").text.startswith("urn:uuid:")
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 304
    newer = make.publish(make.release(title="Noch eine"))
    changed = client.get(FEED, headers={"if-none-match": answer["ETag"]})
    assert changed.status_code == 200
    # Taken back: whoever asks by time must not be told that nothing has changed.
    services.retract(page=newer, user=make.editor(), reason="Fehler", now=now)
    later = {"if-modified-since": http_date(now.timestamp() + 60)}
    assert client.get(FEED, headers=later).status_code == 200


def test_home_and_list_name_the_feed_and_every_page_links_it(client):
    for path, is_named in (("/de/", True), ("/de/newsroom/", True), ("/de/suche/", False)):
        page = client.get(path).content.decode()
        assert ('type="application/atom+xml"' in page.split("</head>")[0]) == is_named
        assert f'<a href="{FEED}" type="application/atom+xml">' in page.split("<footer")[1]


def test_the_menu_leads_to_offers_and_regions_and_says_where_one_is(client):
    make.publish(make.release())

    def current(path):
        page = client.get(path).content.decode()
        menu = page.split('<nav class="site-nav"')[1].split("</nav>")[0]
        assert 'href="/ar/suche/?kind=offer"' in menu
        assert 'href="/ar/region/"' in menu
        return re.findall(r'href="([^"]*)"\s+aria-current="page"', menu)

    assert current("/ar/suche/") == []
    assert current("/ar/suche/?kind=offer&q=x") == ["/ar/suche/?kind=offer"]
    assert current("/ar/suche/?kind=offer&kind=release") == []
    assert current("/ar/region/03/niedersachsen/") == ["/ar/region/"]


def test_what_no_xml_can_say_is_left_out_of_the_feed(client):
    make.publish(make.release(title="Kurse\x0b beginnen", lead="eins\x0bzwei"))

    assert titles(client) == ["Kurse beginnen"]
