"""The same rules on a real server, and what only it does."""

import pytest

from search import client
from tests.search.suggestions.rules import SuggestionRules
from tests.search.test_service_index import settle
from tests.search.world import document


@pytest.mark.elasticsearch
class TestIndexSuggests(SuggestionRules):
    @pytest.fixture
    def engine(self, index, monkeypatch):
        # A cold server on a busy machine may miss the reader's second.
        monkeypatch.setattr(client, "QUERY_BUDGET", 20.0)
        return "elasticsearch", settle

    def test_one_typing_error_is_forgiven_behind_what_begins_so(self, publish):
        publish(document("1", "Sprachkurse"), document("2", "Sprechstunde"))
        assert self.items("sprchk") == ["1"]
        assert self.items("sprec") == ["2", "1"]
