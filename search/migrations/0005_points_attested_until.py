"""Several places of a document instead of one, and until when somebody stands by it."""

import django.db.models.deletion
from django.db import migrations, models

from search.distance import vector


def _keep_points(apps, schema_editor):
    SearchDocument = apps.get_model("search", "SearchDocument")
    SearchPoint = apps.get_model("search", "SearchPoint")
    placed = SearchDocument.objects.exclude(lat=None).exclude(lon=None)
    for row in placed.only("pk", "lat", "lon").iterator():
        SearchDocument.objects.filter(pk=row.pk).update(points=[[row.lat, row.lon]])
        x, y, z = vector((row.lat, row.lon))
        SearchPoint.objects.create(document_id=row.pk, x=x, y=y, z=z)


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0004_names"),
    ]

    operations = [
        migrations.AddField("searchdocument", "points", models.JSONField(default=list)),
        migrations.AddField("searchdocument", "attested_until", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="SearchPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("x", models.FloatField()),
                ("y", models.FloatField()),
                ("z", models.FloatField()),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="places", to="search.searchdocument")),
            ],
            options={
                "indexes": [models.Index(fields=["z", "x", "y"], name="search_point_cube")],
            },
        ),
        migrations.RunPython(_keep_points, migrations.RunPython.noop),
    ]
