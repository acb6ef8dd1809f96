import json
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.rules import offer
from tests.search.world import BRAUNSCHWEIG, CREMLINGEN, LANDKREIS, NOW, STADT, document

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.search.urls")]

URL = "/api/v1/search"


def get(client, query="", **params):
    return client.get(URL + "?" + (query or urlencode(params, doseq=True)))


def test_answer_has_every_promised_field(client, world):
    world.put(
        document(title="Sprachkurse <beginnen>", facets={"topic": ("language",)}, places=(STADT,))
    )
    answer = get(client, q="Sprachkurs", region="03158").json()
    answer.pop("took_ms")
    town = {
        "key": STADT.key, "name": "Wolfenbüttel", "full_name": "Stadt Wolfenbüttel",
        "parent_name": "Landkreis Wolfenbüttel", "level": "municipality",
    }  # fmt: skip
    district = {
        "key": "03158", "name": "Wolfenbüttel", "full_name": "Landkreis Wolfenbüttel",
        "parent_name": "Niedersachsen", "level": "district",
    }  # fmt: skip
    assert answer == {
        "query": "Sprachkurs",
        "language": "de",
        "total": 1,
        "page": 1,
        "page_size": 20,
        "degraded": False,
        "backend": "database",
        "items": [
            {
                "id": "1",
                "kind": "release",
                "language": "de",
                "title": "Sprachkurse <beginnen>",
                "summary": "Kurz gesagt.",
                "url": "/de/neues/1/",
                "highlight": {
                    "title": "<mark>Sprachkurse</mark> &lt;beginnen&gt;",
                    "body": "Kurz gesagt.",
                },
                "regions": [town],
                "region_relation": "inside",
                "published_at": "2026-11-21T12:00:00Z",
                "distance_km": None,
                "is_old": False,
                "facets": {"topic": [{"key": "language", "label": "Sprache"}]},
            }
        ],
        "facets": {
            "kind": [{"key": "release", "label": "News", "count": 1}],
            "topic": [{"key": "language", "label": "Sprache", "count": 1}],
            "region": [{**town, "count": 1}],
        },
        "places": [district],
        "hint": None,
        "choices": [],
        "did_you_mean": None,
        "place_offers": [],
        "advice": [],
        "links": {"next": None, "prev": None},
    }


def test_pages_are_linked(client, world):
    for number in range(5):
        world.put(document(str(number)))
    first = get(client, q="Sprachkurse", page_size=2).json()
    assert first["links"]["prev"] is None
    assert first["links"]["next"].startswith("/api/v1/search?q=Sprachkurse&page_size=2&cursor=")
    seen = [item["id"] for item in first["items"]]
    page = first
    while link := page["links"]["next"]:
        page = client.get(link).json()
        seen += [item["id"] for item in page["items"]]
    assert sorted(seen) == list("01234")
    assert (page["page"], page["total"]) == (3, 5)
    assert page["links"]["prev"] == "/api/v1/search?q=Sprachkurse&page_size=2&page=2"


@pytest.fixture
def following(client, world):
    """The cursor of the second page of a question."""
    for number in range(3):
        world.put(document(str(number)))
    link = get(client, q="Sprachkurse", page_size=2).json()["links"]["next"]
    return parse_qs(urlsplit(link).query)["cursor"][0]


def test_cursor_is_good_for_its_own_question_only(client, following):
    assert get(client, q="Sprachkurse", cursor=following).status_code == 200
    for other in ({"q": "Beratung"}, {"q": "Sprachkurse", "kind": "offer"}, {"sort": "date"}):
        assert get(client, cursor=following, **other).json()["field"] == "cursor"


def test_forged_or_old_cursor_is_refused(client, following, time_machine):
    value, stamp, signature = following.split(":")
    forged = [
        following[:-1] + ("A" if following[-1] != "A" else "B"),
        f"{value[:-2]}:{stamp}:{signature}",
        signing.dumps(["x", "database"], salt="another"),
        f"{following}:",
    ]
    for cursor in forged:
        response = get(client, q="Sprachkurse", cursor=cursor)
        assert (response.status_code, response.json()["field"]) == (400, "cursor")
    assert get(client, q="Sprachkurse", cursor=following, page=2).status_code == 400
    time_machine.move_to(timezone.now() + timedelta(days=1, seconds=1))
    assert get(client, q="Sprachkurse", cursor=following).status_code == 400


def test_distance_and_age_are_told(client, world):
    world.put(offer("1", points=((52.25, 10.65),), attested_until=NOW))
    world.put(offer("2"))
    items = get(client, q="Sprachkurs", near="38300", sort="distance").json()["items"]
    assert [(item["id"], item["distance_km"]) for item in items] == [("1", 12.9), ("2", None)]
    assert [item["is_old"] for item in items] == [True, False]


def test_repeated_parameters_mean_any_of_them(client, world):
    world.put(document("1", facets={"topic": ("work",)}))
    world.put(offer("2", facets={"topic": ("language",)}))
    world.put(document("3"))
    answer = get(client, topic=["work", "language"], kind=["release", "offer"]).json()
    assert sorted(item["id"] for item in answer["items"]) == ["1", "2"]


@pytest.mark.parametrize("region", ["Atlantis", "99", "99999", "999999999999"])
def test_unknown_region_is_not_found(client, world, region):
    world.put(document())
    response = get(client, region=region)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["field"] == "region"


def test_key_of_a_district_is_no_postal_code(client, world):
    world.put(document())
    assert get(client, postal_code="03158").status_code == 404
    answer = get(client, postal_code="03101").json()
    assert [place["full_name"] for place in answer["places"]] == ["Gemeinde Cremlingen"]
    answer = get(client, region="03101").json()
    assert [place["full_name"] for place in answer["places"]] == ["Stadt Braunschweig"]


def test_ambiguous_name_offers_choices_and_no_items(client, world):
    world.put(document())
    answer = get(client, region="Wolfenbüttel").json()
    assert (answer["items"], answer["total"], bool(answer["hint"])) == ([], 0, True)
    assert {choice["key"] for choice in answer["choices"]} == {LANDKREIS.key, STADT.key}


BAD = [
    ("q", "x" * 257),
    ("q", "wort " * 500),
    ("q", "a\x00b"),
    ("q", "a\nb"),
    ("q", "\ufdd0"),
    ("lang", "tlh"),
    ("lang", "de-DE"),
    ("kind", "secret"),
    ("topic", "unknown"),
    ("scope", "around"),
    ("region", "\x00"),
    ("region", "x" * 121),
    ("postal_code", "3830"),
    ("postal_code", "３８３００"),
    ("page", "0"),
    ("page", "-1"),
    ("page", str(10**18)),
    ("page", "1e3"),
    ("page", "٣"),
    ("page", "501"),
    ("page_size", "0"),
    ("page_size", "51"),
    ("page_size", "ten"),
    ("since", "yesterday"),
    ("since", "2026-02-30"),
    ("since", "20260230"),
    ("until", "2026-13-01"),
    ("sort", "_score"),
    ("sort", "distance"),  # from where?
    ("radius_km", "10"),
    ("near", "52.16"),
    ("near", "95.0,10.0"),
    ("near", "52.16,10.53,"),
    ("near", "NaN,NaN"),
    ("near", "٥٢,١٠"),
    ("near", "99999"),
    ("cursor", "x"),
    ("cursor", "e30:1vMvkq:AAAA"),
    ("cursor", "x" * 4001),
    ("cursor", "\x00"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_value_is_refused_by_name(client, name, value):
    response = get(client, **{name: value})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    problem = response.json()
    assert (problem["status"], problem["field"]) == (400, name)
    assert problem["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=a&q=b", "q"),
        ("fields=title", "fields"),
        ("region=03158&postal_code=38300", "postal_code"),
        ("since=2026-02-01&until=2026-01-01", "until"),
        ("near=38300&radius_km=0", "radius_km"),
        ("near=38300&radius_km=501", "radius_km"),
        ("near=38300&radius_km=1.5", "radius_km"),
        ("kind=" + "&kind=".join(map(str, range(60))), "kind"),
        ("$where=1", ""),
    ],
)
def test_bad_combinations_are_refused_by_name(client, query, field):
    response = get(client, query)
    assert (response.status_code, response.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "q=%E2%80%AE", "q=", "region=&page=", "q=" + "%27" * 200]
)
def test_strange_but_harmless_input_is_answered(client, query):
    assert get(client, query).status_code == 200


def test_problems_speak_the_language_of_the_answer(client):
    german = get(client, page="0", lang="de").json()["detail"]
    english = get(client, page="0", lang="en").json()["detail"]
    assert english.startswith("Must be")
    assert german  # translated once the catalogue is there


def test_region_of_an_offer_above_is_told(client, world):
    world.put(offer("1", places=(LANDKREIS,)))
    (item,) = get(client, region=CREMLINGEN.key).json()["items"]
    assert item["region_relation"] == "above"
    assert get(client, region=BRAUNSCHWEIG.key).json()["items"] == []


NAMES = ["q", "lang", "kind", "region", "postal_code", "scope", "topic", "since", "until", "page",
         "page_size", "sort", "near", "radius_km", "cursor", "nonsense"]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["de", "ar", "release", "03158", "38300", "serving", "work", "date"]),
    st.sampled_from(["2026-01-01", "9999-12-31", "0001-01-01", "1", "50", "10000", "x" * 36]),
    st.sampled_from(["'\"*()", "\x00", "%", "_", "\\", "52.1,10.5", "distance"]),
    st.integers().map(str),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=5))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_input_is_a_server_error(world, pairs):
    if not world.public["release"]:
        world.put(document(facets={"topic": ("work",)}))
    response = Client().get(URL + "?" + urlencode(pairs, errors="surrogatepass"))
    assert response.status_code in (200, 400, 404)
    content = json.loads(response.content)
    if response.status_code != 200:
        assert content["title"]
