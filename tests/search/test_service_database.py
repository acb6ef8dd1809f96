import pytest

from tests.search.rules import Rules


@pytest.mark.django_db
class TestDatabaseAnswers(Rules):
    @pytest.fixture
    def engine(self):
        return "database", lambda: None
