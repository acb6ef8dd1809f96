"""Two people write the same at one instant: one of them is told, and nothing is half stored."""

from contextlib import closing

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpResponse
from psycopg.errors import (
    AdminShutdown,
    DeadlockDetected,
    ForeignKeyViolation,
    LockNotAvailable,
    NotNullViolation,
    SerializationFailure,
    UniqueViolation,
)
from wagtail.models import Page

from cms.delivery.middleware import AtomicAdminMiddleware
from newsroom.vocabularies.models import Term

pytestmark = pytest.mark.django_db


def post(rf, cause, error=OperationalError):
    """Send a form to a view that stores something and then loses against somebody else."""

    def view(request):
        Term.objects.create(vocabulary=Term.Vocabulary.TOPIC, slug="half", labels={"de": "Halb"})
        raise error(str(cause)) from cause

    return AtomicAdminMiddleware(view).process_view(rf.post("/admin/pages/2/edit/"), view, (), {})


@pytest.mark.parametrize(
    ("cause", "error"),
    [
        (DeadlockDetected(), OperationalError),
        (SerializationFailure(), OperationalError),
        (Exception("database is locked"), OperationalError),
        (UniqueViolation(), IntegrityError),
        (ForeignKeyViolation(), IntegrityError),
    ],
)
def test_who_came_second_is_told_to_send_it_again(rf, cause, error):
    answer = post(rf, cause, error)

    assert answer.status_code == 409
    assert "nichts gespeichert" in answer.content.decode()
    assert not Term.objects.filter(slug="half").exists()


def test_whatever_else_the_database_says_is_an_error(rf):
    with pytest.raises(OperationalError):
        post(rf, AdminShutdown())
    with pytest.raises(IntegrityError):
        post(rf, NotNullViolation(), IntegrityError)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize(
    ("name", "end", "expected"),
    [
        ("page_id", "edit/", [LockNotAvailable]),
        ("parent_page_id", "", [LockNotAvailable]),
        ("page_to_move_id", "move/", [LockNotAvailable]),
        ("destination_id", "confirm/", [LockNotAvailable]),
        ("id", "?id=", [LockNotAvailable]),  # of several pages at once
        ("page_id", "edit/preview/", []),  # sent all the time, and nothing of the page is written
    ],
)
def test_who_writes_on_a_page_or_below_it_has_it_alone_before_it_is_read(rf, name, end, expected):
    """Else a browser that stores while its text is submitted puts the page back to before."""
    page = Page.objects.get(depth=1)  # the setup's own: other connections see it
    refused = []

    def view(request, **kwargs):
        statement = "SELECT id FROM wagtailcore_page WHERE id = %s FOR UPDATE NOWAIT"
        other = connection.copy()
        with closing(other), other.cursor() as cursor:
            try:
                cursor.execute(statement, [kwargs[name]])
            except OperationalError as error:
                refused.append(type(error.__cause__))
        return HttpResponse()

    several = f"/admin/bulk/wagtailcore/page/delete/{end}{page.pk}"
    request = rf.post(several if "?" in end else f"/admin/pages/{page.pk}/{end}")
    AtomicAdminMiddleware(view).process_view(request, view, (), {name: page.pk})

    assert refused == expected
