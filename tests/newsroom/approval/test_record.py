"""The record of who did what cannot be rewritten, not even by SQL."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from newsroom.approval import audit
from newsroom.approval.append_only import protect
from newsroom.approval.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
TABLE = AuditEntry._meta.db_table


@pytest.fixture
def entry(now):
    audit.record(action=AuditEntry.Action.APPROVED, now=now, page_id=7, note="n")
    return AuditEntry.objects.latest("pk")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET note = 'other'",
        f"DELETE FROM {TABLE}",
        f"INSERT OR REPLACE INTO {TABLE} (id, at, action, page_id, fingerprint, note) "
        "VALUES ({id}, '2026-01-01', 'approved', 1, '', 'other')",
        f"TRUNCATE {TABLE}",
    ],
)
def test_the_database_refuses_to_change_it(entry, statement):
    if connection.vendor == "sqlite" and "TRUNCATE" in statement:
        pytest.skip("SQLite has no TRUNCATE")
    if connection.vendor == "postgresql" and "OR REPLACE" in statement:
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("{id}", str(entry.pk)))

    assert AuditEntry.objects.get(pk=entry.pk).note == "n"


def test_the_triggers_can_be_put_in_place_again_and_again(entry):
    protect(connection)
    protect(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_the_export_is_json_lines_from_a_moment_on(frozen, now):
    page = make.publish(make.release())
    output = StringIO()

    call_command("audit_export", "--since", now.isoformat(), stdout=output)

    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    mine = [line for line in lines if line["page"] == page.pk]
    assert [line["action"] for line in mine] == ["submitted", "approved", "published"]
    assert set(mine[0]) == {"id", "at", "action", "actor", "page", "revision", "sha256", "note"}
    assert mine[1]["sha256"] == mine[2]["sha256"] != ""
    frozen.shift(60)
    output = StringIO()
    call_command("audit_export", "--since", "2026-11-23T11:00:00Z", stdout=output)
    assert output.getvalue() == ""


@pytest.mark.parametrize("since", ["gestern", "2026-13-01", ""])
def test_the_export_says_what_is_wrong_with_a_date(since):
    with pytest.raises(CommandError, match="2026-"):
        call_command("audit_export", "--since", since)
