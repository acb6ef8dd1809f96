from datetime import timedelta

import pytest

from search.vocabulary import learn_due
from tests.search.rules import Rules, ids
from tests.search.world import NOW, document


@pytest.mark.django_db
class TestDatabaseAnswers(Rules):
    @pytest.fixture
    def engine(self):
        return "database", lambda: learn_due(now=NOW)

    def test_typing_errors_in_a_sentence_are_forgiven(self, publish):
        publish(document("1", "Wohngeld beantragen"), document("2", "Kindergeld"))
        assert ids(self.find("Wie kann ich Wohngelt beantragen?")) == ["1"]

    def test_embargoed_word_changes_nothing_for_a_mistyped_one(self, publish):
        publish(document("1", "Wohngeld"))
        before = ids(self.find("Wohngelt"))
        publish(document("2", "Wohngelt", visible_from=NOW + timedelta(hours=1)))
        assert ids(self.find("Wohngelt")) == before == ["1"]
