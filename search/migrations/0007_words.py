from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0006_one_point_gone'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('length', models.PositiveSmallIntegerField()),
                ('start', models.CharField(max_length=3)),
                ('end', models.CharField(max_length=3)),
                ('letters', models.BigIntegerField()),
            ],
            options={
                'indexes': [
                    models.Index(fields=['start', 'length'], name='search_word_start'),
                    models.Index(fields=['end', 'length'], name='search_word_end'),
                ],
            },
        ),
        migrations.CreateModel(
            name='UnreadDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='search.searchdocument')),
            ],
        ),
        # What was there before is read as if it had just changed.
        migrations.RunSQL(
            "INSERT INTO search_unreaddocument (document_id)"
            " SELECT id FROM search_searchdocument WHERE is_deleted = false",
            migrations.RunSQL.noop,
        ),
    ]
