import pytest

from tests.search.suggestions.rules import SuggestionRules


@pytest.mark.django_db
class TestDatabaseSuggests(SuggestionRules):
    @pytest.fixture
    def engine(self):
        return "database", lambda: None
