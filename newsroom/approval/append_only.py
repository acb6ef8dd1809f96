"""The record cannot be rewritten: the database refuses UPDATE, DELETE and TRUNCATE."""

from typing import Any

from newsroom.approval.models import AuditEntry

_TABLE = AuditEntry._meta.db_table
_MESSAGE = "the record of the newsroom is append-only"
# Table, names and message are constants of this module: nothing a person typed gets in here.
_SQLITE = {
    "audit_no_update": f"BEFORE UPDATE ON {_TABLE}",
    "audit_no_delete": f"BEFORE DELETE ON {_TABLE}",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "audit_no_replace": (
        f"BEFORE INSERT ON {_TABLE} WHEN EXISTS (SELECT 1 FROM {_TABLE} WHERE id = NEW.id)"  # noqa: S608 - constants
    ),
}
_POSTGRESQL = {
    "audit_no_change": f"BEFORE UPDATE OR DELETE ON {_TABLE} FOR EACH ROW",
    "audit_no_truncate": f"BEFORE TRUNCATE ON {_TABLE} FOR EACH STATEMENT",
}


def protect(connection: Any) -> None:
    """Create the triggers that are missing. Runs after every `migrate`: SQLite loses the triggers
    of a table that a migration rebuilds.
    """
    if _TABLE not in connection.introspection.table_names():
        return  # migrated backwards to nothing
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, when in _SQLITE.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
                )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql"
        )
        for name, when in _POSTGRESQL.items():
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION audit_refuse()"
            )


def lift(connection: Any) -> None:
    """Remove the triggers. Only the teardown of tests, which empties all tables, may do that."""
    with connection.cursor() as cursor:
        for name in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            table = "" if connection.vendor == "sqlite" else f" ON {_TABLE}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
