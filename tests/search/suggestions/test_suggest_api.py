import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.world import document

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.search.urls")]

URL = "/api/v1/suggest"


def test_answer_has_every_promised_field(client, world):
    world.put(document("1", "Sprachkurse & mehr"))
    answer = client.get(URL, {"q": "spra"}).json()
    answer.pop("took_ms")
    assert answer == {
        "query": "spra",
        "language": "de",
        "degraded": False,
        "backend": "database",
        "items": [
            {
                "type": "value", "text": "Sprache", "detail": "Topic", "language": "de",
                "id": None, "kind": None, "url": None, "parameters": {"topic": "language"},
            },
            {
                "type": "item", "text": "Sprachkurse & mehr", "detail": "News item",
                    "language": "de",
                "id": "1", "kind": "release", "url": "/de/neues/1/", "parameters": {},
            },
        ],
    }  # fmt: skip


def test_fewer_than_two_letters_suggest_nothing(client, world):
    world.put(document("1", "Sprachkurse"))
    for q in ("", "s", "?!", " s "):
        assert client.get(URL, {"q": q}).json()["items"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "x" * 257}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": ["ab", "cd"]}, "q"),
        ({"lang": "tlh"}, "lang"),
        ({"limit": "0"}, "limit"),
        ({"limit": "21"}, "limit"),
        ({"limit": str(2**63)}, "limit"),
        ({"kind": "release"}, "kind"),
    ],
)
def test_bad_value_is_refused_by_name(client, query, field):
    response = client.get(URL, query)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["field"] == field


@given(st.text(max_size=40), st.sampled_from(["de", "en", "ar"]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_input_is_a_server_error(world, q, lang):
    if not world.public["release"]:
        world.put(document("1", "Sprachkurse ıİßŒ"))
    query = {"q": q.encode(errors="replace"), "lang": lang}
    assert Client().get(URL, query).status_code in (200, 400)
