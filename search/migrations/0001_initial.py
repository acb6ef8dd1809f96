# Written by makemigrations; the full text at the end by hand: see search.fulltext.

import django.db.models.deletion
from django.db import migrations, models

from search import fulltext


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IndexBuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, unique=True)),
                ('index', models.CharField(blank=True, max_length=200)),
                ('lease_token', models.CharField(max_length=32)),
                ('leased_until', models.DateTimeField()),
                ('started_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('item', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=20)),
                ('title', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('url', models.TextField(blank=True)),
                ('regions', models.JSONField(default=list)),
                ('region_paths', models.JSONField(default=list)),
                ('facets', models.JSONField(default=dict)),
                ('labels', models.JSONField(default=list)),
                ('answers_for', models.JSONField(default=list)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('visible_from', models.DateTimeField(null=True)),
                ('visible_until', models.DateTimeField(null=True)),
                ('is_deleted', models.BooleanField(default=False)),
                ('title_n', models.TextField(blank=True)),
                ('summary_n', models.TextField(blank=True)),
                ('body_n', models.TextField(blank=True)),
                ('labels_n', models.TextField(blank=True)),
                ('version', models.BigIntegerField(default=0)),
                ('shipped_version', models.BigIntegerField(default=0)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('changed_at', models.DateTimeField()),
                ('lease_token', models.CharField(blank=True, max_length=32)),
                ('leased_version', models.BigIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('is_parked', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('version__gt', models.F('shipped_version'))), fields=['changed_at'], name='search_document_dirty'), models.Index(fields=['published_at', 'id'], name='search_document_date')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'item', 'language'), name='search_document_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=120)),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='search.searchdocument')),
            ],
            options={
                'indexes': [models.Index(fields=['field', 'value', 'document'], name='search_term_value')],
                'constraints': [models.UniqueConstraint(fields=('document', 'field', 'value'), name='search_term_once')],
            },
        ),
        migrations.RunPython(fulltext.install, fulltext.uninstall),
    ]
