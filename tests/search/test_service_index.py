import pytest
from django.utils import timezone

from search import client, mappings
from search.indexing import ship
from tests.search.rules import Rules, find, ids, offer
from tests.search.world import document


def settle():
    report = ship(now=timezone.now())
    assert (report.failed, report.is_unavailable) == (0, False)


@pytest.mark.elasticsearch
class TestIndexAnswers(Rules):
    @pytest.fixture
    def engine(self, index):
        return "elasticsearch", settle

    def test_walk_passes_the_number_where_pages_end(self, publish):
        publish(*(offer(str(number)) for number in range(7)))
        path = f"/{mappings.alias('de')}/_settings"
        client.request("PUT", path, {"index": {"max_result_window": 4}})
        assert sorted(self.walk("Sprachkurs")) == [str(number) for number in range(7)]

    def test_walk_goes_on_from_the_database_when_the_index_goes_away(self, publish, settings):
        publish(*(offer(str(number)) for number in range(7)))
        first = self.find("Sprachkurs", page_size=3)
        url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"
        second = find("Sprachkurs", page_size=3, cursor=first.next)
        settings.ELASTICSEARCH_URL = url
        third = find("Sprachkurs", page_size=3, cursor=second.next)
        assert [page.backend for page in (first, second, third)] == [
            "elasticsearch", "database", "database"
        ]  # fmt: skip
        assert (second.page, third.page, third.next) == (2, 3, None)
        found = [id_ for page in (first, second, third) for id_ in ids(page)]
        assert sorted(found) == [str(number) for number in range(7)]

    def test_form_that_was_typed_comes_before_other_forms(self, publish):
        publish(
            document("1", "Meldung", body="Die Prüfung der Kurse. Prüfung, Kurse, Prüfung, Kurse."),
            document("2", "Meldung", body="Der Kurs hat zuletzt mehrere Prüfungen und noch mehr."),
        )
        assert ids(self.find("Kurs Prüfungen")) == ["2", "1"]
