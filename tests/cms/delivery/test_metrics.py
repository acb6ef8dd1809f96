"""Numbers for the operator; nothing for anybody else."""

from datetime import timedelta

import pytest

from search.models import Comparison, SearchDocument
from tests import factories as make

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-the-operator"


def values(answer):
    lines = answer.content.decode().splitlines()
    return {
        name.removeprefix("gesamtschau_search_"): float(value)
        for name, value in (line.split(" ") for line in lines if not line.startswith("#"))
    }


@pytest.fixture
def read(client, settings):
    settings.METRICS_TOKEN = TOKEN
    return lambda token=TOKEN: client.get("/metrics", headers={"authorization": f"Bearer {token}"})


def test_without_a_token_in_the_settings_there_are_no_metrics(client, settings):
    settings.METRICS_TOKEN = ""
    for header in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer"}):
        assert client.get("/metrics", headers=header).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer ü"])
def test_other_tokens_read_nothing(client, settings, header):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"authorization": header}).status_code == 404


def test_lag_parked_rows_and_age_of_the_last_comparison(house, read, settings, frozen, now):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # nobody is asked
    assert values(read())["verify_age_seconds"] == float("inf")
    make.publish(make.release(title="Geheim bis morgen"))
    rows = SearchDocument.objects.count()
    SearchDocument.objects.update(changed_at=now - timedelta(seconds=7))
    first = SearchDocument.objects.first()
    SearchDocument.objects.filter(pk=first.pk).update(is_parked=True, error="Geheim")
    for number, code in enumerate(("de", "en", "ar")):
        Comparison.objects.create(
            language=code, compared_at=now - timedelta(minutes=number), differences=number
        )
    answer = read()
    assert answer["content-type"].startswith("text/plain; version=0.0.4")
    assert "Geheim" not in answer.content.decode()
    assert values(answer) == {
        "lag_rows": rows - 1, "lag_seconds": 7 if rows > 1 else 0, "parked_rows": 1,
        "breaker_open": 0, "verify_age_seconds": 120, "verify_differences": 3,
    }  # fmt: skip


def test_health_needs_no_token(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_may_ask_by_number_or_any_name(client, settings, address):
    settings.ALLOWED_HOSTS = ["example.org"]
    settings.METRICS_TOKEN = TOKEN
    headers = {"authorization": f"Bearer {TOKEN}"}

    for host in ("127.0.0.1:8000", "10.0.0.7", "site"):
        assert client.get(address, headers={**headers, "host": host}).status_code == 200


@pytest.mark.parametrize("address", ["/healthz/", "/de/", "/api/v1/search", "/admin/"])
def test_everything_else_is_asked_by_the_sites_name(client, settings, address):
    settings.ALLOWED_HOSTS = ["example.org"]

    answer = client.get(address, headers={"host": "127.0.0.1:8000"})

    assert answer.status_code == 400
    assert "127.0.0.1" not in f"{answer.headers} {answer.content.decode()}"
