from datetime import timedelta

import pytest
from django.utils import timezone

from search import client, mappings
from search.indexing import ship
from search.vocabulary import learn_due
from tests.search.rules import Rules, find, ids, offer
from tests.search.world import NOW, document


def settle():
    report = ship(now=timezone.now())
    assert (report.failed, report.is_unavailable) == (0, False)
    learn_due(now=NOW)


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

    def test_words_together_come_before_the_same_words_apart(self, publish):
        apart = "Die Tür des Amtes ist alt. Sie wird erneuert. Danach ist sie nachts offen."
        publish(
            document("1", "Meldung", body=apart),
            document("2", "Meldung", body="Das Amt lädt zum Tag ein, an dem die Tür offen steht."),
        )
        assert ids(self.find("Tür offen")) == ["2", "1"]

    def test_all_words_as_typed_come_before_one_of_them_often(self, publish):
        publish(
            document("1", "Meldung", body="Prüfungen der Kurse. " + "Prüfungen und " * 8),
            document(
                "2",
                "Meldung",
                body="Der Kurs " + "hat wie immer viel zu bieten " * 9 + "Prüfungen.",
            ),
        )
        assert ids(self.find("Kurs Prüfungen")) == ["2", "1"]

    def test_word_that_documents_have_is_not_taken_for_a_typing_error(self, publish):
        publish(document("1", "Wohngeld"), document("2", "Wohngelt"))
        assert ids(self.find("Wie bekomme ich Wohngelt?")) == ["2"]

    def test_embargoed_word_does_not_count_as_known(self, publish):
        publish(document("1", "Wohngeld"))
        publish(document("2", "Wohngelt", visible_from=NOW + timedelta(hours=1)))
        assert ids(self.find("Wie bekomme ich Wohngelt?")) == ["1"]
