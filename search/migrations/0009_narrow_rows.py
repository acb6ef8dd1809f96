# PostgreSQL: long texts outside of the rows. Laying the full text anew stores every row again.

from django.db import migrations

from search import fulltext


def _narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(fulltext.POSTGRESQL_NARROW, params=None)
        fulltext.install(apps, schema_editor)


def _widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(fulltext.POSTGRESQL_WIDE, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_rows_and_titles"),
    ]

    operations = [
        migrations.RunPython(_narrow, _widen),
    ]
