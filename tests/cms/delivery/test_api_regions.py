"""Regions by API: suggestions, the nearer first, and clear refusals."""

import pytest

pytestmark = pytest.mark.django_db


def names(client, **query):
    return [region["full_name"] for region in client.get("/api/v1/regions", query).json()]


def test_a_shared_name_is_offered_with_what_tells_apart(client):
    found = client.get("/api/v1/regions", {"q": "Osnabrück"}).json()

    assert [(region["full_name"], region["parent"]) for region in found] == [
        ("Landkreis Osnabrück", "Niedersachsen"),
        ("Stadt Osnabrück", "Niedersachsen"),
    ]


def test_a_postal_code_offers_all_its_regions(client):
    assert set(names(client, q="38173")) == {"Gemeinde Sickte", "Gemeinde Evessen"}


def test_the_nearer_comes_first(client):
    far, near = names(client, q="Stadt G"), names(client, q="Stadt G", near="38640")

    assert far != near
    assert near[0] == "Stadt Goslar"
    assert names(client, q="Stadt G", near="51.9,10.43")[0] == "Stadt Goslar"


def test_names_follow_the_language(client):
    assert names(client, q="Lower Saxony", lang="en")[0] == "Lower Saxony"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "a" * 257}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "\ud800"}, "q"),
        ({"q": "x", "near": "nirgends"}, "near"),
        ({"q": "x", "near": "99999"}, "near"),
        ({"q": "x", "near": "91,10"}, "near"),
        ({"q": "x", "near": "52.1,181"}, "near"),
        ({"q": "x", "near": "1e3,10"}, "near"),
        ({"q": "x", "near": "9" * 10**5}, "near"),
        ({"q": "x", "near": ["38300", "38640"]}, "near"),
        ({"q": "x", "lang": "tlh"}, "lang"),
        ({"q": "x", "limit": "5"}, "limit"),
    ],
)
def test_bad_parameters_are_named(client, query, field):
    if "\ud800" in str(query.get("q")):
        answer = client.get("/api/v1/regions?q=%ED%A0%80\x00")
    else:
        answer = client.get("/api/v1/regions", query)

    assert answer.status_code == 400
    assert answer.json()["field"] == field


@pytest.mark.parametrize("text", ["", " ", "w", "%", "__", "''", "()", "٣٨٣٠٠", "9" * 200, "🦊🦊"])
def test_what_means_nothing_suggests_nothing(client, text):
    assert names(client, q=text) == []
