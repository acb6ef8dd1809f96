"""The JSON API answers what is public, and refuses the rest with a problem."""

import uuid

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def problem(answer, status, field=None):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["detail"]
    if field:
        assert body["field"] == field
    return body


def test_a_release_as_json(frozen, client):
    page = make.publish(make.release(title="Als JSON", picture=make.image()))

    answer = client.get(reverse("api:release", args=[page.translation_key]))

    body = answer.json()
    assert body["title"] == "Als JSON"
    assert body["regions"][0]["full_name"] == "Landkreis Wolfenbüttel"
    assert body["regions"][0]["parent"] == "Niedersachsen"
    assert body["pictures"][0]["credit_line"] == "Test"
    assert "Der Text der Mitteilung" in body["body_text"]
    assert b"".join(client.get(body["pictures"][0]["url"]).streaming_content)
    assert client.get(body["url"]).status_code == 200


def test_drafts_are_neither_listed_nor_readable(client):
    draft = make.release(title="Nur ein Entwurf")
    draft.save_revision()

    assert client.get(reverse("api:releases")).json()["items"] == []
    problem(client.get(reverse("api:release", args=[draft.translation_key])), 404)


def test_releases_are_listed_by_language_newest_first(frozen, client):
    for number in range(3):
        make.publish(make.release(title=f"Nummer {number}"))
        frozen.shift(60)

    body = client.get(reverse("api:releases")).json()

    assert [item["title"] for item in body["items"]] == ["Nummer 2", "Nummer 1", "Nummer 0"]
    assert client.get(reverse("api:releases"), {"lang": "en"}).json()["total"] == 0
    assert client.get(reverse("api:releases"), {"page": 5}).json()["items"] == []


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("releases", {"page": "0"}, "page"),
        ("releases", {"page": str(10**18)}, "page"),
        ("releases", {"page": "-1"}, "page"),
        ("releases", {"page": "eins"}, "page"),
        ("releases", {"lang": "xx"}, "lang"),
        ("releases", {"lang": "de\x00"}, "lang"),
        ("releases", {"unknown": "1"}, "unknown"),
        ("regions", {"q": "x" * 300}, "q"),
        ("regions", {"q": "\x00"}, "q"),
        ("regions", {"q": "wolf", "lang": "klingon"}, "lang"),
    ],
)
def test_bad_parameters_are_a_problem_that_names_them(client, path, query, field):
    problem(client.get(f"/api/v1/{path}", query), 400, field)


@pytest.mark.parametrize("path", ["releases/1", "releases/nope", "nothing", "", "../admin"])
def test_unknown_addresses_are_a_problem_and_never_a_redirect(client, path):
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client, method):
    answer = getattr(client, method)(reverse("api:releases"))

    assert answer.status_code == 405
    assert answer["Allow"]
    assert answer["Content-Type"] == "application/problem+json"


def test_regions_are_suggested(client):
    found = client.get("/api/v1/regions", {"q": "wolfenb"}).json()

    assert found[0] == {
        "key": "03158",
        "level": "district",
        "name": "Wolfenbüttel",
        "full_name": "Landkreis Wolfenbüttel",
        "parent": "Niedersachsen",
    }
    assert client.get("/api/v1/regions").json() == []


def test_the_api_describes_itself(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/search", "/api/v1/releases", "/api/v1/regions"} <= paths.keys()


def test_head_is_answered_like_get_without_content(frozen, client):
    page = make.publish(make.release())
    url = reverse("api:release", args=[page.translation_key])

    answer = client.head(url)

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer["Content-Type"] == client.get(url)["Content-Type"]
    assert int(answer["Content-Length"]) == len(client.get(url).content)
    missing = client.head(reverse("api:release", args=[uuid.uuid4()]))
    assert (missing.status_code, missing.content) == (404, b"")
