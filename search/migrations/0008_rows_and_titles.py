# SQLite: an index of what says whether a document is visible. PostgreSQL: full text of the titles.

from django.db import migrations

from search import fulltext


def _lay(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        fulltext.install(apps, schema_editor)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(fulltext.POSTGRESQL_TITLES, params=None)


def _remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_fulltext_title", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_words"),
    ]

    operations = [
        migrations.RunPython(_lay, _remove),
    ]
