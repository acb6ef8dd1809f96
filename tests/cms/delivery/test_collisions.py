"""Two people write the same at one instant: one of them is told, and nothing is half stored."""

from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from psycopg.errors import (
    AdminShutdown,
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
)
from wagtail.models import Page

from cms.delivery.middleware import AtomicAdminMiddleware
from newsroom.vocabularies.models import Term

pytestmark = pytest.mark.django_db


def post(rf, cause):
    """Send a form to a view that stores something and then loses against somebody else."""

    def view(request):
        Term.objects.create(vocabulary=Term.Vocabulary.TOPIC, slug="half", labels={"de": "Halb"})
        raise OperationalError(str(cause)) from cause

    return AtomicAdminMiddleware(view).process_view(rf.post("/admin/pages/2/edit/"), view, (), {})


@pytest.mark.parametrize(
    "cause",
    [DeadlockDetected(), SerializationFailure(), Exception("database is locked")],
)
def test_who_came_second_is_told_to_send_it_again(rf, cause):
    answer = post(rf, cause)

    assert answer.status_code == 409
    assert "nichts gespeichert" in answer.content.decode()
    assert not Term.objects.filter(slug="half").exists()


def test_a_database_that_goes_away_is_an_error(rf):
    with pytest.raises(OperationalError):
        post(rf, AdminShutdown())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_who_writes_on_a_page_has_it_alone_before_it_is_read(rf):
    """Else a browser that stores while its text is submitted puts the page back to before."""
    page = Page.objects.get(depth=1)  # the setup's own: other connections see it
    tried = []

    def view(request, page_id):
        statement = "SELECT id FROM wagtailcore_page WHERE id = %s FOR UPDATE NOWAIT"
        other = connection.copy()
        with closing(other), other.cursor() as cursor, pytest.raises(OperationalError) as refused:
            cursor.execute(statement, [page_id])
        tried.append(type(refused.value.__cause__))
        return HttpResponse()

    request = rf.post(f"/admin/pages/{page.pk}/edit/")
    AtomicAdminMiddleware(view).process_view(request, view, (), {"page_id": page.pk})

    assert tried == [LockNotAvailable]
