# Names beside the title, and the words by which the database suggests documents.
# SQLite lays the table anew for the added column, which drops the triggers of the full text.

from django.db import migrations, models

from search import fulltext
from search.suggestions.words import stored_words


def _lay_fulltext(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        fulltext.install(apps, schema_editor)


def _lay_beginnings(apps, schema_editor):
    """Other collations than C cannot use the ordinary index for the beginnings of words."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX search_term_word ON search_searchterm"
            " (value varchar_pattern_ops, document_id) WHERE field = 'word'"
        )


def _drop_beginnings(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_term_word")


def _write_words(apps, schema_editor):
    documents = apps.get_model("search", "SearchDocument").objects.filter(is_deleted=False)
    terms = apps.get_model("search", "SearchTerm").objects
    batch = []
    for pk, title in documents.values_list("pk", "title").iterator(chunk_size=2000):
        batch += [
            terms.model(document_id=pk, field="word", value=word) for word in stored_words([title])
        ]
        if len(batch) > 5000:
            terms.bulk_create(batch, ignore_conflicts=True)
            batch = []
    terms.bulk_create(batch, ignore_conflicts=True)


def _forget_words(apps, schema_editor):
    apps.get_model("search", "SearchTerm").objects.filter(field="word").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_meaning"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="names",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(_lay_fulltext, _lay_fulltext),
        migrations.RunPython(_write_words, _forget_words),
        migrations.RunPython(_lay_beginnings, _drop_beginnings),
    ]
