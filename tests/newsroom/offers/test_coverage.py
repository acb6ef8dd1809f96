"""Searches without result, counted without people."""

from datetime import date

import pytest

from newsroom.offers.coverage import count_miss, coverage, flush
from newsroom.offers.models import Miss
from newsroom.vocabularies.models import Term
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
DISTRICT = factories.WOLFENBUETTEL_DISTRICT


@pytest.fixture(autouse=True)
def _nothing_waits(house):
    flush()
    Miss.objects.all().delete()


def miss(times, **asked):
    question = {"region_keys": [DISTRICT], "fields": ["language"], "language": "ar", **asked}
    for _ in range(times):
        count_miss(now=NOW, **question)


def cell():
    return coverage(language="ar", regions=[DISTRICT], now=NOW)[DISTRICT, "language"]


def test_misses_under_ten_are_not_shown():
    miss(9)
    flush()
    assert cell().misses is None
    miss(1)
    flush()
    assert cell().misses == 10


def test_a_town_counts_for_its_district_and_nothing_else_is_kept():
    miss(1, region_keys=[factories.WOLFENBUETTEL_TOWN])
    flush()
    row = Miss.objects.get()
    assert (row.month, row.region, row.field, row.language, row.count) == (
        date(2026, 11, 1), DISTRICT, "language", "ar", 1,
    )  # fmt: skip


def test_what_does_not_exist_is_counted_nowhere():
    miss(3, region_keys=["99999"])
    miss(3, fields=["nonsense"])
    assert flush() == 0
    assert not Miss.objects.exists()


def test_offers_count_where_they_serve_in_the_languages_they_speak(frozen):
    member = factories.publish(factories.member())
    language = Term.objects.get(vocabulary="field_of_action", slug="language")
    for region, spoken in (
        (factories.LOWER_SAXONY, "de, ar"),
        (factories.WOLFENBUETTEL_TOWN, "ar"),
        (DISTRICT, "fa"),
        (factories.GOSLAR_DISTRICT, "ar"),
    ):
        offer = factories.offer(member, regions=(region,), languages=spoken)
        offer.fields_of_action = [language]
        factories.publish(offer)
    assert cell().offers == 2


def test_only_editors_see_the_map(client):
    client.force_login(factories.officer())
    assert client.get("/admin/coverage/", follow=True).request["PATH_INFO"] != "/admin/coverage/"
    client.force_login(factories.editor())
    shown = client.get("/admin/coverage/?language=%00&state=xx")
    assert shown.status_code == 200
    assert client.get("/admin/coverage/").status_code == 200


def test_a_search_without_result_is_counted_with_its_place_and_nothing_typed(client, house):
    client.get("/api/v1/search", {"q": "Xylophonverleih", "region": "03158"})
    client.get("/api/v1/search", {"q": "Xylophonverleih", "region": "03158", "page": "2"})

    assert flush() == 1
    (miss,) = Miss.objects.filter(region="03158", field="")
    assert miss.count == 1
    assert "Xylophon" not in str(vars(miss))


def test_a_counter_that_fails_does_not_fail_the_search(client, house, monkeypatch, caplog):
    def fail(**question):
        raise RuntimeError

    monkeypatch.setattr("search.registry._miss_listeners", [fail])
    assert client.get("/api/v1/search", {"q": "Xylophonverleih"}).status_code == 200
    assert "was not counted" in caplog.text
