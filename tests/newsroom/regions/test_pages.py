"""The public page of a region, its feed and the map."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone, translation

from newsroom.approval import services
from newsroom.offers.regional import counts
from newsroom.regions.map import state_map
from newsroom.regions.models import Outline, Region
from newsroom.regions.names import slug
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGE = "/de/region/03158/landkreis-wolfenbuettel/"
FEED = PAGE + "feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, path=FEED):
    root = ET.fromstring(client.get(path).content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Landkreis Wolfenbüttel", "landkreis-wolfenbuettel"),
        ("Stadt Weißwasser/O.L.", "stadt-weisswasser-o-l"),
        ("Stadt Cottbus/Chóśebuz", "stadt-cottbus-chosebuz"),
        ("()", "region"),
    ],
)
def test_an_address_names_the_region_in_plain_letters(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/de/region/03158/",
        "/de/region/03158/falsch/",
        "/de/region/03158/landkreis-wolfenbuttel/",
    ],
)
def test_a_wrong_slug_leads_to_the_right_one_for_good(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, PAGE)


def test_other_keys_of_a_region_lead_to_its_own(client):
    for key in ("03158037", "031580037037"):
        answer = client.get(f"/en/region/{key}/")
        assert answer.status_code == 301
        assert answer["Location"] == "/en/region/031580037037/stadt-wolfenbuettel/"


@pytest.mark.parametrize(
    "key", ["99999", "3158", "x", "٠٣١٥٨", "03158\x00", "0" * 5000, "%ED%A0%80", "-1", "03158 "]
)
@pytest.mark.parametrize("rest", ["", "landkreis-wolfenbuettel/", "x/feed/"])
def test_an_unknown_region_is_not_found(client, key, rest):
    assert client.get(f"/de/region/{key}/{rest}").status_code == 404


def test_the_list_of_regions_leads_to_states_and_districts(client):
    html = client.get("/de/region/").content.decode()

    for path in ("03/niedersachsen", "03158/landkreis-wolfenbuettel", "03101/stadt-braunschweig"):
        assert f'href="/de/region/{path}/"' in html
    assert html.index("landkreis-goslar") < html.index("landkreis-wolfenbuettel")
    assert "031580037037" not in html


def test_the_list_of_regions_suggests_what_is_typed_with_what_it_lies_in(client):
    html = client.get("/de/region/", {"q": " wolfenbuettel "}).content.decode()

    assert "/de/region/031580037037/stadt-wolfenbuettel/" in html
    assert "Landkreis Wolfenbüttel, Niedersachsen" in html


@pytest.mark.parametrize("typed", ["Atlantis", "\x00", "%", "x" * 100_000, "\ud800", "<b>"])
def test_what_nobody_knows_is_said_on_the_list(client, typed):
    answer = client.get("/de/region/?" + urlencode({"q": typed}, errors="surrogatepass"))

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["member", "offer", "release"])
def test_the_regions_of_a_text_lead_to_their_pages(client, kind):
    member = make.publish(make.member())
    page = {
        "member": lambda: member,
        "offer": lambda: make.publish(make.offer(member)),
        "release": lambda: make.publish(make.release(issuing_member=member)),
    }[kind]()

    assert f'<a class="chip" href="{PAGE}">' in client.get(page.url).content.decode()


def test_a_page_changes_nothing(client):
    assert client.post(PAGE).status_code == 405


def test_the_page_lists_what_is_there_and_marks_what_applies_to_more(client):
    own = make.publish(make.member(title="Eigenes Mitglied"))
    land = make.publish(make.member(title="Landesweites Mitglied", regions=("03",)))
    make.publish(make.member(title="Fremdes Mitglied", regions=("03153",)))
    make.publish(make.offer(own, title="Angebot in der Stadt", regions=("031580037037",)))
    make.publish(make.release(title="Nachricht vom Kreis", issuing_member=own))
    make.publish(make.release(title="Nachricht vom Land", issuing_member=land, regions=("03",)))

    html = client.get("/en" + PAGE[3:]).content.decode()

    for title in (
        "Eigenes Mitglied",
        "Landesweites Mitglied",
        "Angebot in der Stadt",
        "Nachricht vom Kreis",
        "Nachricht vom Land",
    ):
        assert title in html
    assert "Fremdes Mitglied" not in html
    assert html.count("applies in all of Lower Saxony") == 2
    assert html.index("Nachricht vom Kreis") < html.index("Nachricht vom Land")


def test_what_applies_to_more_is_marked_inside_the_card(client):
    land = make.publish(make.member(regions=("03",)))
    make.publish(make.offer(land, regions=("03",)))
    make.publish(make.release(issuing_member=land, regions=("03",)))

    html = client.get(PAGE).content.decode()

    cards = re.findall(r"<article.*?</article>", html, re.DOTALL)
    assert [card.count("badge--above") for card in cards] == [1, 1, 1]
    assert html.count("badge--above") == 3


def test_a_state_without_districts_has_no_heading_over_nothing(client):
    def has_heading(key):
        return 'id="districts"' in client.get(f"/de/region/{key}/", follow=True).content.decode()

    Region.objects.filter(parent="09").update(parent="03")

    assert (has_heading("09"), has_heading("03")) == (False, True)


def test_a_town_shows_what_its_district_offers_but_not_its_neighbour_town(client):
    own = make.publish(make.member(regions=("03158",), title="Der Kreis"))
    make.publish(make.offer(own, title="Fürs Nachbardorf", regions=("031585406013",)))

    html = client.get("/en/region/031580037037/stadt-wolfenbuettel/").content.decode()

    assert "Der Kreis" in html
    assert "applies throughout the Landkreis Wolfenbüttel" in html
    assert "Fürs Nachbardorf" not in html


def test_the_unapproved_the_withdrawn_and_the_expired_are_on_no_page_and_in_no_feed(
    client, frozen, now
):
    make.submit(make.release(title="Entwurf"), by=make.officer())
    gone = make.publish(make.release(title="Zurückgezogen"))
    services.retract(page=gone, user=make.editor(), reason="Fehler", now=now)
    make.publish(make.release(title="Befristet", expire_at=now + timedelta(hours=1)))
    make.publish(make.release(title="Gesperrt", go_live_at=now + timedelta(hours=2)))
    # Written past every service: still not public.
    hidden = make.release(title="Eingeschmuggelt")
    type(hidden).objects.filter(pk=hidden.pk).update(live=True)

    assert titles(client) == ["Befristet"]
    frozen.shift(timedelta(hours=1))
    assert titles(client) == []
    html = client.get(PAGE).content.decode()
    for title in ("Entwurf", "Zurückgezogen", "Befristet", "Gesperrt", "Eingeschmuggelt"):
        assert title not in html


def test_the_page_counts_only_public_offers(client, frozen, now):
    member = make.publish(make.member())
    make.publish(make.offer(member))
    make.publish(make.offer(member, expire_at=now + timedelta(hours=1)))
    make.submit(make.offer(member), by=make.officer())

    assert counts(now=now)["03158"] == 2
    assert counts(now=now + timedelta(hours=1))["03158"] == 1


def test_a_reader_of_another_language_sees_each_item_once_and_its_language(client):
    editor, translator = make.editor(), make.translator()
    member = make.publish(make.member(title="Nur deutsch"))
    release = make.publish(make.release(title="Deutscher Titel", issuing_member=member))
    copy = make.translation(release, "en", by=translator, title="English title")
    make.publish(copy, by=translator, approved_by=editor)

    html = client.get("/en/region/03158/landkreis-wolfenbuettel/").content.decode()
    assert "English title" in html
    assert "Deutscher Titel" not in html
    assert "Nur deutsch" in html

    assert titles(client, "/en" + FEED[3:]) == ["English title"]
    assert titles(client) == ["Deutscher Titel"]


def test_the_page_names_its_address_its_feed_and_its_languages(client):
    html = client.get(PAGE + "?utm=x").content.decode()

    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in html
    assert f'href="{FEED}"' in html
    assert "application/atom+xml" in html
    assert 'hreflang="ar"' in html
    assert "/ar/region/03158/landkreis-wolfenbuettel/" in html
    assert "style=" not in html


def test_the_page_leads_up_down_and_sideways(client):
    html = client.get(PAGE).content.decode()

    for path in ("03/niedersachsen", "031580037037/stadt-wolfenbuettel", "03153/landkreis-goslar"):
        assert f"/de/region/{path}/" in html


def test_an_ended_region_leads_to_its_successor_or_says_that_it_is_gone(client):
    Region.objects.filter(key="03157").update(valid_until="2025-01-01")
    answer = client.get("/de/region/03157/landkreis-peine/")
    assert answer.status_code == 200
    assert "1. Januar 2025" in answer.content.decode()

    ended = Region.objects.get(key="03157")
    ended.successors.set(["03158"])
    for rest, end in (("", PAGE), ("feed/", FEED)):
        answer = client.get(f"/de/region/03157/landkreis-peine/{rest}")
        assert (answer.status_code, answer["Location"]) == (301, end)

    ended.successors.add("03153")
    html = client.get("/de/region/03157/landkreis-peine/").content.decode()
    for path in (PAGE, "/de/region/03153/landkreis-goslar/"):
        assert f'<a class="chip" href="{path}">' in html


def test_the_feed_is_atom_and_asks_caches_to_ask_again(client, frozen):
    make.publish(make.release(title="A & B <i>", lead="Mehr < als & alles"))
    answer = client.get(FEED)

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "no-cache"
    root = ET.fromstring(answer.content)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A & B <i>"
    assert entry.findtext(f"{ATOM}summary") == "Mehr &lt; als &amp; alles"
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/de/newsroom/")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_the_feed_does_not_name_a_member_that_is_not_public(client, frozen):
    make.publish(make.release(title="Ohne Absender", issuing_member=make.member(title="Geheim")))

    assert titles(client) == ["Ohne Absender"]
    assert "Geheim" not in client.get(FEED).content.decode()


def outline(key, x=10_000, touches=()):
    path = f"M{x} -61000l500 0 0 500-500 0z"
    return Outline.objects.create(
        region_id=key, path=path, left=x, top=-61_000, right=x + 500, bottom=-60_500,
        touches=list(touches),
    )  # fmt: skip


def test_without_outlines_there_is_but_the_list():
    shown = state_map(state=Region.objects.get(key="03"), language="de", numbers={})

    assert shown.box == ""
    assert len(shown.areas) == 45


def test_the_map_is_darker_where_there_are_more_offers():
    for place, region in enumerate(Region.objects.filter(parent="03")):
        outline(region.key, x=8_000 + 100 * place)
    numbers = {"03158": 10, "03153": 1, "03101": 5}

    with translation.override("en"):
        shown = state_map(
            state=Region.objects.get(key="03"), language="de", numbers=numbers, current="03153"
        )
    areas = {area.key: area for area in shown.areas}

    assert shown.box == "7960 -61040 4980 580"
    assert [areas[key].shade for key in ("03158", "03101", "03153", "03157")] == [5, 3, 1, 0]
    assert areas["03158"].label == "Landkreis Wolfenbüttel: 10 offers"
    assert areas["03153"].is_current
    assert not areas["03158"].is_current


@pytest.mark.parametrize("path", ["/en/", "/en/suche/", "/en" + PAGE[3:]])
def test_the_map_can_be_used_with_keys_and_by_ear(client, path):
    for place, region in enumerate(Region.objects.filter(parent="03")):
        outline(region.key, x=8_000 + 100 * place)
    make.publish(make.offer(make.publish(make.member())))

    html = client.get(path).content.decode()

    assert re.search('aria-label="[^"]*Wolfenbüttel[^"]*: 1 offer"', html)
    assert html.count('class="map__area ') == 45
    assert 'href="#region-list"' in html
    assert "style=" not in html


def test_a_district_of_the_search_page_keeps_what_was_chosen(client):
    html = client.get("/de/suche/?kind=offer&region=03153&page=2").content.decode()

    assert "?kind=offer&amp;region=03158" in html


def test_the_answers_to_a_question_are_not_followed_by_a_map(client):
    assert "region-map" not in client.get("/de/suche/?q=Kurs").content.decode()


def test_names_follow_the_language_of_the_page(client):
    with translation.override("ar"):
        shown = state_map(state=Region.objects.get(key="03"), language="ar", numbers={})

    assert shown.name == "سكسونيا السفلى"
    assert any(area.url.startswith("/ar/region/") for area in shown.areas)


def test_a_page_of_a_region_needs_few_questions_to_the_database(
    client, django_assert_max_num_queries
):
    member = make.publish(make.member())
    for _number in range(3):
        make.publish(make.offer(member))
        make.publish(make.release(issuing_member=member))
    client.get(PAGE)
    timezone.now()

    with django_assert_max_num_queries(90):
        client.get(PAGE)
