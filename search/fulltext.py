"""The database's own full text over the normalised columns: how it is laid.

SQLite: an FTS5 table that keeps no text of its own, fed by triggers (contentless deletes would
need SQLite 3.43; Debian 12 has 3.40), and an index of the columns that say what is visible.
PostgreSQL: a generated tsvector with a GIN index, and one of the titles alone. Its rows keep their
long texts elsewhere: what says whether a row is visible is then read from a third of the pages.

A later migration that makes SQLite rebuild the table search_searchdocument drops the triggers
with it: end that migration with `RunPython(install, uninstall)` of this module.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE_UNINSTALL = """
DROP TRIGGER IF EXISTS search_fulltext_insert;
DROP TRIGGER IF EXISTS search_fulltext_delete;
DROP TRIGGER IF EXISTS search_fulltext_update;
DROP TABLE IF EXISTS search_fulltext;
DROP INDEX IF EXISTS search_fulltext_rows;
"""

SQLITE_INSTALL = """
CREATE VIRTUAL TABLE search_fulltext USING fts5(
    title_n, summary_n, labels_n, body_n,
    content='search_searchdocument', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0", prefix='3 4 5'
);
CREATE TRIGGER search_fulltext_insert AFTER INSERT ON search_searchdocument BEGIN
    INSERT INTO search_fulltext(rowid, title_n, summary_n, labels_n, body_n)
    VALUES (new.id, new.title_n, new.summary_n, new.labels_n, new.body_n);
END;
CREATE TRIGGER search_fulltext_delete AFTER DELETE ON search_searchdocument BEGIN
    INSERT INTO search_fulltext(search_fulltext, rowid, title_n, summary_n, labels_n, body_n)
    VALUES ('delete', old.id, old.title_n, old.summary_n, old.labels_n, old.body_n);
END;
CREATE TRIGGER search_fulltext_update
AFTER UPDATE OF title_n, summary_n, labels_n, body_n ON search_searchdocument BEGIN
    INSERT INTO search_fulltext(search_fulltext, rowid, title_n, summary_n, labels_n, body_n)
    VALUES ('delete', old.id, old.title_n, old.summary_n, old.labels_n, old.body_n);
    INSERT INTO search_fulltext(rowid, title_n, summary_n, labels_n, body_n)
    VALUES (new.id, new.title_n, new.summary_n, new.labels_n, new.body_n);
END;
INSERT INTO search_fulltext(search_fulltext) VALUES ('rebuild');
CREATE INDEX search_fulltext_rows ON search_searchdocument(
    id, is_deleted, visible_from, visible_until, answers_for, kind, language, content_hash,
    published_at, item, version
);
"""

POSTGRESQL_UNINSTALL = "ALTER TABLE search_searchdocument DROP COLUMN IF EXISTS fulltext"

POSTGRESQL_INSTALL = """
ALTER TABLE search_searchdocument ADD COLUMN fulltext tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_n), 'A')
    || setweight(to_tsvector('simple', summary_n), 'B')
    || setweight(to_tsvector('simple', labels_n), 'C')
    || setweight(to_tsvector('simple', body_n), 'D')
) STORED;
CREATE INDEX search_fulltext ON search_searchdocument USING gin (fulltext);
"""

# Bytes; of longer rows the longest columns are stored outside of the table.
POSTGRESQL_NARROW = "ALTER TABLE search_searchdocument SET (toast_tuple_target = 512)"
POSTGRESQL_WIDE = "ALTER TABLE search_searchdocument RESET (toast_tuple_target)"

POSTGRESQL_TITLES = """
CREATE INDEX IF NOT EXISTS search_fulltext_title ON search_searchdocument
USING gin (to_tsvector('simple', title_n));
"""


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lay the full text for the table as it is now; safe to repeat."""
    uninstall(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        # Statement by statement: executescript would end the migration's transaction.
        for statement in _statements(SQLITE_INSTALL):
            schema_editor.execute(statement, params=None)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_INSTALL, params=None)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the full text; safe to repeat."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _statements(SQLITE_UNINSTALL):
            schema_editor.execute(statement, params=None)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_UNINSTALL, params=None)


def _statements(script: str) -> list[str]:
    """Split a script at the semicolons that end a line at its margin, keeping triggers whole."""
    statements: list[str] = []
    lines: list[str] = []
    for line in script.strip().splitlines():
        lines.append(line)
        is_trigger = lines[0].startswith("CREATE TRIGGER")
        if line == "END;" or (line.endswith(";") and not is_trigger):
            statements.append("\n".join(lines))
            lines = []
    return statements
