"""Rows that were given up are seen by those who can do something about it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from search import parking
from search.models import SearchDocument
from tests import factories as make
from tests.search.world import document

pytestmark = pytest.mark.django_db

URL = "search_parked"


@pytest.fixture
def rows(world):
    for item in ("1", "2"):
        world.put(document(item, title=f"<b>Titel {item}</b>"))
    SearchDocument.objects.update(
        is_parked=True, attempts=6, error="400 parsing: <latitude>", next_attempt_at=timezone.now()
    )
    return list(SearchDocument.objects.order_by("item"))


def test_editor_sees_parked_rows_with_their_errors(house, client, rows):
    client.force_login(make.editor())
    page = client.get(reverse(URL)).content.decode()
    assert "&lt;b&gt;Titel 1&lt;/b&gt;" in page
    assert "400 parsing: &lt;latitude&gt;" in page
    assert reverse(URL) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_editor_tries_one_row_again(house, client, rows):
    client.force_login(make.editor())
    client.post(reverse(URL), {"row": rows[0].pk})
    tried, left = SearchDocument.objects.order_by("item")
    assert (tried.is_parked, tried.attempts, tried.error, tried.next_attempt_at) == (
        False, 0, "", None,
    )  # fmt: skip
    assert left.is_parked


def test_editor_tries_all_rows_again(house, client, rows):
    client.force_login(make.editor())
    client.post(reverse(URL))
    assert not parking.parked().exists()


@pytest.mark.parametrize("row", ["0", "x", "9" * 30, "\x00"])
def test_row_that_is_not_parked_changes_nothing(house, client, rows, row):
    client.force_login(make.editor())
    assert client.post(reverse(URL), {"row": row}).status_code == 302
    assert parking.parked().count() == 2


def test_others_are_refused(house, client, rows):
    client.force_login(make.officer())
    answer = client.post(reverse(URL))
    assert answer.status_code in (302, 403)
    assert parking.parked().count() == 2
    assert reverse(URL) not in client.get(reverse("wagtailadmin_home")).content.decode()
