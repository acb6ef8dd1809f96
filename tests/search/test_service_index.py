import pytest
from django.utils import timezone

from search.indexing import ship
from tests.search.rules import Rules


def settle():
    report = ship(now=timezone.now())
    assert (report.failed, report.is_unavailable) == (0, False)


@pytest.mark.elasticsearch
class TestIndexAnswers(Rules):
    @pytest.fixture
    def engine(self, index):
        return "elasticsearch", settle
