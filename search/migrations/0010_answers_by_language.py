from django.db import migrations

_BY_LANGUAGE = """
UPDATE search_searchterm SET
    field = 'answers_for:' || value,
    value = (SELECT language FROM search_searchdocument d WHERE d.id = document_id)
WHERE field = 'answers_for'
"""
_BY_READER = """
UPDATE search_searchterm SET value = SUBSTR(field, 13), field = 'answers_for'
WHERE field LIKE 'answers_for:%'
"""


class Migration(migrations.Migration):
    """Of each index: whether anything in it answers for a reader's language."""

    dependencies = [
        ("search", "0009_narrow_rows"),
    ]

    operations = [
        migrations.RunSQL(_BY_LANGUAGE, _BY_READER),
    ]
