import html
import re

import pytest

from search import vocabulary
from tests.search.rules import offer
from tests.search.world import CREMLINGEN, LANDKREIS, NOW, STADT, TOPICS, document

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.search.urls")]


def get(client, language="de", **params):
    response = client.get(f"/{language}/suche/", params)
    return response, re.sub(r"\s+", " ", response.content.decode())


def links(page):
    return [html.unescape(link) for link in re.findall(r'href="(\?[^"]*)"', page)]


def test_results_are_a_list_of_articles_with_marked_words(client, world):
    world.put(document(title="Sprachkurse <b>"))
    response, page = get(client, q="Sprachkurs")
    assert response.status_code == 200
    assert page.count('<article class="result">') == 1
    assert '<ol class="results" start="1">' in page
    assert '<a href="/de/neues/1/" hreflang="de"><mark>Sprachkurse</mark> &lt;b&gt;</a>' in page
    assert 'value="Sprachkurs"' in page


def test_facet_links_add_and_remove_filters(client, world):
    world.put(document(facets={"topic": ("work",)}))
    world.put(offer("2", facets={"topic": ("work",)}))
    _, page = get(client, q="Sprachkurs")
    assert "?q=Sprachkurs&topic=work" in links(page)
    _, page = get(client, q="Sprachkurs", topic="work", page="1")
    assert "?q=Sprachkurs" in links(page)
    assert re.search(r'href="\?q=Sprachkurs" rel="nofollow" aria-current="true"', page)
    assert '<input type="hidden" name="topic" value="work">' in page
    for link in links(page):
        assert client.get(f"/de/suche/{link}").status_code == 200


def test_page_answers_in_its_language_and_labels_others(client, world):
    world.put(document(title="Deutsch", labels=("اللغة",)))
    _, page = get(client, "ar", q="اللغة")
    assert 'dir="rtl"' in page
    assert '<h3 class="result__title" lang="de" dir="auto">' in page
    assert "badge--language" in page
    assert "Deutsch" in page


def test_offer_of_the_district_is_marked_in_the_town(client, world):
    world.put(offer("1", places=(LANDKREIS,)))
    _, page = get(client, region=CREMLINGEN.key)
    assert "badge--above" in page
    assert "Landkreis Wolfenbüttel" in page
    assert 'value="Gemeinde Cremlingen"' in page  # the name finds it again


def test_ambiguous_name_lists_its_places(client, world):
    world.put(document())
    response, page = get(client, q="Sprachkurse", region="Wolfenbüttel")
    assert response.status_code == 200
    assert {"?q=Sprachkurse&region=03158", f"?q=Sprachkurse&region={STADT.key}"} <= set(links(page))
    assert "<article" not in page


def test_unknown_region_shows_a_hint_and_no_news(client, world):
    world.put(document())
    response, page = get(client, region="Atlantis")
    assert response.status_code == 200
    assert "<article" not in page
    assert 'class="notice"' in page
    assert 'value="Atlantis"' in page


def test_nothing_found_says_so(client, world):
    _, page = get(client, q="Quanten")
    assert 'class="notice"' in page


@pytest.mark.parametrize(
    "params",
    [{"q": "x" * 257}, {"q": "a\x00<script>"}, {"page": "0"}, {"page": str(10**18)}, {"kind": "x"}],
)
def test_bad_input_is_a_page_that_says_so(client, params):
    response, page = get(client, **params)
    assert response.status_code == 400
    assert 'role="alert"' in page
    assert "<script>" not in page
    assert "\x00" not in page


def test_foreign_parameters_of_links_are_no_fault(client, world):
    world.put(document())
    response, page = get(client, utm_source="mail", lang="xx", q="Sprachkurse")
    assert response.status_code == 200
    assert "?q=Sprachkurse&kind=release" in links(page)


def test_pages_are_numbered(client, world):
    for number in range(45):
        world.put(document(str(number)))
    _, first = get(client, q="Sprachkurse")
    assert "?q=Sprachkurse&page=2" in links(first)
    _, last = get(client, q="Sprachkurse", page="3")
    assert last.count("<article") == 5
    assert 'start="41"' in last
    _, beyond = get(client, q="Sprachkurse", page="9")
    assert "<article" not in beyond
    assert "?q=Sprachkurse" in links(beyond)


def test_page_changes_nothing(client):
    assert client.post("/de/suche/").status_code == 405


def test_search_fields_bring_their_suggestions(client, settings):
    settings.ROOT_URLCONF = "cms.urls"
    _, page = get(client)
    assert re.search(r'id="search-q"[^>]* data-suggest="/api/v1/suggest"', page)
    assert re.search(r'<script src="[^"]*search/suggest[^"]*\.js" defer></script>', page)
    assert 'data-suggest-number="' in page


def test_misspelt_words_are_offered_corrected_and_encoded(client, world):
    world.put(document(title="Sprachkurs<b>"))
    _, page = get(client, q="Sprchkurs <i>")
    assert "?q=Sprachkurs+%3Ci%3E" in links(page)
    assert "<strong>Sprachkurs &lt;i&gt;</strong>" in page


def test_places_in_the_words_are_offered_as_links(client, world):
    world.put(document(places=(STADT,), facets={"topic": ("work",)}))
    _, page = get(client, q="Sprachkurse Wolfenbüttel", topic="work")
    assert f"?q=Sprachkurse&topic=work&region={STADT.key}" in links(page)
    assert "Stadt Wolfenbüttel (Landkreis Wolfenbüttel)" in page


def test_nothing_found_shows_the_ways_out(client, world):
    world.put(document(places=(LANDKREIS,)))
    _, page = get(client, q="Sprachkurse", region=CREMLINGEN.key)
    assert "?q=Sprachkurse&region=03158" in links(page)
    assert "?q=Sprachkurse" in links(page)
    assert 'id="ways-out"' in page
    _, page = get(client, q="Sprachkurse", region="Cremlin")
    assert f"?q=Sprachkurse&region={CREMLINGEN.key}" in links(page)


def test_where_a_place_is_chosen_results_can_be_sorted_by_distance(client, world):
    world.put(offer("1", points=((52.27, 10.52),)))
    world.put(offer("2", points=((52.16, 10.53),)))
    _, page = get(client, q="Sprachkurs", region="38300", topic="work")
    assert "?q=Sprachkurs&region=38300&topic=work&sort=distance" in links(page)
    assert "?q=Sprachkurs&region=38300&topic=work&radius_km=10" in links(page)
    _, page = get(client, q="Sprachkurs", region="38300", radius_km="25", sort="distance")
    assert page.index("/angebote/2/") < page.index("/angebote/1/")
    assert page.count("badge--distance") == 2
    assert '<input type="hidden" name="sort" value="distance">' in page
    assert "?q=Sprachkurs" in links(page)  # everywhere again: without distance and radius
    _, page = get(client, q="Sprachkurs")
    assert 'class="order"' not in page


def test_form_sent_again_without_its_place_forgets_the_distance(client, world):
    world.put(offer("1"))
    response, page = get(client, q="Sprachkurs", region="", radius_km="25", sort="distance")
    assert response.status_code == 200
    assert page.count("<article") == 1


def chips(page):
    """Return the chosen filters of a page: address by what the link is called."""
    found = re.findall(r'<a class="chip chip--remove" href="([^"]*)"[^>]*>(.*?)</a>', page)
    return {re.sub(r"<[^>]*>", "", text): html.unescape(link) for link, text in found}


def test_every_filter_is_a_chip_that_takes_it_away(client, world):
    world.put(offer("1", facets={"topic": ("work",)}, points=((52.16, 10.53),)))
    asked = {
        "q": "Sprachkurs", "region": "38300", "radius_km": "25", "sort": "distance",
        "kind": ["offer", "release"], "topic": "work", "since": "2026-01-01",
        "until": "2026-12-01",
    }  # fmt: skip
    _, page = get(client, "en", **asked)
    assert chips(page) == {
        "Remove filter: Region: Stadt Wolfenbüttel": "?q=Sprachkurs&kind=offer&kind=release"
        "&topic=work&since=2026-01-01&until=2026-12-01",
        "Remove filter: How far: 25 km": "?q=Sprachkurs&region=38300&sort=distance&kind=offer"
        "&kind=release&topic=work&since=2026-01-01&until=2026-12-01",
        "Remove filter: Kind: Offers": "?q=Sprachkurs&region=38300&radius_km=25&sort=distance"
        "&kind=release&topic=work&since=2026-01-01&until=2026-12-01",
        "Remove filter: Kind: News": "?q=Sprachkurs&region=38300&radius_km=25&sort=distance"
        "&kind=offer&topic=work&since=2026-01-01&until=2026-12-01",
        "Remove filter: Topic: Work": "?q=Sprachkurs&region=38300&radius_km=25&sort=distance"
        "&kind=offer&kind=release&since=2026-01-01&until=2026-12-01",
        "Remove filter: Time: from Jan. 1, 2026 until Dec. 1, 2026": "?q=Sprachkurs&region=38300"
        "&radius_km=25&sort=distance&kind=offer&kind=release&topic=work",
    }
    assert re.search(r'class="chosen__all" href="\?q=Sprachkurs" rel="nofollow"', page)
    assert "Narrow the results (6)" in page


def test_a_place_of_the_reader_is_a_filter_and_its_words_are_encoded(client, world):
    world.put(offer("1", points=((52.16, 10.53),)))
    _, page = get(client, "en", near="52.16,10.53", radius_km="5", region="03158")
    assert chips(page)["Remove filter: Place: 52.16,10.53"] == "?radius_km=5&region=03158"
    assert chips(page)["Remove filter: Region: Landkreis Wolfenbüttel"] == (
        "?near=52.16%2C10.53&radius_km=5"
    )
    _, page = get(client, "en", region="<b>")
    assert chips(page) == {"Remove filter: Region: &lt;b&gt;": "?"}


def test_one_filter_needs_no_link_for_all_and_none_shows_nothing(client, world):
    world.put(document())
    _, page = get(client, "en", q="Sprachkurs", kind="release")
    assert list(chips(page)) == ["Remove filter: Kind: News"]
    assert "chosen__all" not in page
    assert "Narrow the results (1)" in page
    _, page = get(client, "en", q="Sprachkurs")
    assert "chips chosen" not in page
    assert "Narrow the results </summary>" in page


def facet(page, label):
    """Return the values of a facet: in sight, folded."""
    box = page.split(f"<summary>{label}</summary>")[1]
    seen, _, folded = box.split("<summary>Kind</summary>")[0].partition("facets__more")
    return [re.findall(r"<a href[^>]*><span>(\w+)", part) for part in (seen, folded)]


def test_values_of_a_facet_beyond_twelve_are_folded_and_none_is_lost(client, world, monkeypatch):
    names = [f"T{number:02}" for number in range(15)]
    for number, name in enumerate(names):
        monkeypatch.setitem(TOPICS, name.lower(), {"en": name})
        for copy in range(15 - number):  # the last is the rarest
            world.put(document(f"{number}-{copy}", facets={"topic": (name.lower(),)}))
    _, page = get(client, "en", q="Sprachkurse")
    assert facet(page, "Topic") == [names[:12], names[12:]]
    assert "Show all (15)" in page
    _, page = get(client, "en", q="Sprachkurse", topic=["t14", "t13"])
    assert facet(page, "Topic") == [["T13", "T14", *names[:10]], names[10:13]]
    _, page = get(client, "en", q="Sprachkurse", topic=[name.lower() for name in names])
    assert facet(page, "Topic") == [names, []]
    assert "Show all" not in page


def notices(page):
    found = re.findall(r'<p class="notice"[^>]*>(.*?)</p>', page)
    return [" ".join(re.sub(r"<[^>]*>", "", text).split()) for text in found]


def test_one_mistyped_word_is_told_as_such_in_one_notice_with_one_number(client, world):
    world.put(document("1", "Sprachkurse"))
    vocabulary.learn_due(now=NOW)
    _, page = get(client, "en", q="Sprachkrus")
    assert "1 result " in page
    assert notices(page) == [
        "No result for “Sprachkrus” as typed; these are similar. Did you mean: Sprachkurse"
    ]
    world.put(document("2", "Sprachkurse am Anfang"))
    world.put(document("3", "Deutsch"))
    vocabulary.learn_due(now=NOW)
    _, page = get(client, "en", q="Sprachkrus Anfang")
    assert notices(page)[0].startswith("No result for “Sprachkrus Anfang” as typed")
    _, page = get(client, "en", q="Deutsch Sprachkurse")
    assert notices(page) == ["Few results contain all words. These contain some of them."]


def test_words_of_a_hint_are_encoded(client, world):
    world.put(document("1", "Sprachkurse"))
    vocabulary.learn_due(now=NOW)
    _, page = get(client, "en", q="<Sprachkrus>")
    assert "“&lt;Sprachkrus&gt;” as typed" in page


def test_news_alone_have_a_date_and_each_hit_is_called_what_one_is(client, world):
    world.put(document())
    world.put(offer("2"))
    _, page = get(client, "en", q="Sprachkurs")
    articles = page.split("<article")[1:]
    kinds = {re.search(r'result__kind">([^<]*)', text)[1]: "<time" in text for text in articles}
    assert kinds == {"News item": True, "Offer": False}


@pytest.mark.parametrize(
    ("asked", "advice"),
    [
        ({"q": "Quanten"}, "Check the spelling or try another word."),
        ({"q": "Quanten Physik"}, "Check the spelling or use fewer words."),
        ({"kind": "offer"}, "Remove a filter to find more."),
        (
            {"q": "Quanten", "until": "2020-01-01"},
            "Check the spelling or try another word. Remove a filter to find more.",
        ),
        ({}, ""),
    ],
)
def test_nothing_found_advises_only_what_can_be_done_and_is_no_dead_end(client, asked, advice):
    _, page = get(client, "en", **asked)
    assert notices(page)[0] == f"Nothing was found. {advice}".strip()
    assert {"?kind=release", "?kind=offer"} <= set(links(page))


def test_nothing_found_leads_to_the_regions_where_there_are_some(client, settings, world):
    settings.ROOT_URLCONF = "cms.urls"
    start = '<a class="chip" href="/en/region/">'
    assert start in get(client, "en", q="Quanten")[1]
    world.put(document())
    assert start not in get(client, "en", q="Sprachkurse")[1]


@pytest.mark.parametrize(("name", "label"), [("topic", "Topic"), ("kind", "Kind")])
def test_a_bad_value_is_told_by_the_label_of_its_filter_and_can_be_left_out(client, name, label):
    _, page = get(client, "en", q="Kurs", **{name: "quatsch"})
    alert = re.search(r'role="alert">(.*?)</p>', page)[1]
    assert "<code>" not in alert
    assert name not in re.sub(r"<[^>]*>", "", alert)
    assert f"{label}: This value does not exist." in alert
    assert 'href="?q=Kurs"' in alert


def test_what_is_near_is_not_told_in_metres(client, world):
    world.put(offer("1", points=((52.16, 10.53),)))  # the middle of the town itself
    world.put(offer("2", points=((52.27, 10.52),)))
    _, page = get(client, "en", region="38300", sort="distance")
    told = re.findall(r'badge--distance">([^<]*)<', page)
    assert told == ["less than 1 km away", "12 km away"]
