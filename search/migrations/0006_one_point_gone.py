# SQLite lays the table anew for these changes and for those before, which drops the triggers of the
# full text. PostgreSQL changes no table in the transaction that wrote to it (0005 did).

from django.db import migrations

from search import fulltext


def _lay_fulltext(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        fulltext.install(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0005_points_attested_until"),
    ]

    operations = [
        migrations.RemoveField("searchdocument", "lat"),
        migrations.RemoveField("searchdocument", "lon"),
        migrations.RunPython(_lay_fulltext, _lay_fulltext),
    ]
