"""An ended region may have become part of several others."""

from typing import Any

from django.db import migrations, models


def keep_the_one(apps: Any, schema_editor: Any) -> None:
    """Let the successor that a region had be the first of several."""
    region_model = apps.get_model("regions", "Region")
    through = region_model.successors.through
    rows = region_model.objects.exclude(successor=None).values_list("pk", "successor_id")
    through.objects.bulk_create(
        through(from_region_id=old, to_region_id=new) for old, new in rows
    )


class Migration(migrations.Migration):
    """Many to many in place of one."""

    dependencies = [("regions", "0002_typed_names_outlines_endings")]

    operations = [
        migrations.AlterField(
            model_name="region",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
        migrations.AddField(
            model_name="region",
            name="successors",
            field=models.ManyToManyField(
                blank=True, related_name="predecessors", to="regions.region"
            ),
        ),
        migrations.RunPython(keep_the_one, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="region", name="successor"),
    ]
