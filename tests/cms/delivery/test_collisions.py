"""Two people write the same at one instant: one of them is told, and nothing is half stored."""

import pytest
from django.db import OperationalError
from psycopg.errors import AdminShutdown, DeadlockDetected, SerializationFailure

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
