"""Names of villages and quarters among the typed names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more rank."""

    dependencies = [("regions", "0003_several_successors")]

    operations = [
        migrations.AlterField(
            model_name="regionname",
            name="rank",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "whole name"),
                    (1, "without what tells namesakes apart"),
                    (2, "beginning at a later word"),
                    (3, "with a word for its kind before it"),
                    (4, "name in another language"),
                    (5, "name of a place in it"),
                ]
            ),
        ),
    ]
