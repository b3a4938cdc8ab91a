"""Resources: details, links, uses and ratings."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

BATCH = 1_000


def make_rows_of_articles(apps, schema_editor):
    """Know-how that was written before stands in the Library, too."""
    resource, topic = apps.get_model("discussions", "Resource"), apps.get_model("discussions", "Topic")
    missing = topic.objects.filter(kind="article", resource=None).values_list("pk", "created_at")
    while found := list(missing.order_by("pk")[:BATCH]):
        resource.objects.bulk_create(
            [resource(topic_id=pk, shared_at=at) for pk, at in found], ignore_conflicts=True
        )


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0004_files_and_attachments'),
        ('discussions', '0003_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='topic',
            name='kind',
            field=models.CharField(choices=[('question', 'Question'), ('discussion', 'Discussion'), ('article', 'Know-how'), ('announcement', 'Announcement'), ('link', 'Link')], max_length=12),
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('level', models.CharField(blank=True, choices=[('beginner', 'For beginners'), ('experienced', 'For the experienced'), ('expert', 'For experts')], max_length=12)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('version', models.PositiveIntegerField(default=1)),
                ('used_count', models.PositiveIntegerField(default=0)),
                ('rating_count', models.PositiveIntegerField(default=0)),
                ('rating_sum', models.PositiveIntegerField(default=0)),
                ('rank', models.FloatField(default=3.5)),
                ('topic', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='resource', to='discussions.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField()),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='discussions.resource')),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000)),
                ('key', models.CharField(max_length=64)),
                ('page_title', models.CharField(blank=True, max_length=300)),
                ('description', models.CharField(blank=True, max_length=500)),
                ('read_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('broken_since', models.DateTimeField(null=True)),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='community.file')),
                ('resource', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link', to='discussions.resource')),
            ],
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='discussions.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['-shared_at', '-id'], name='resource_new'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['-used_count', '-id'], name='resource_used'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['-rank', '-id'], name='resource_rank'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('resource', 'person'), name='rating_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='rating_stars'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['key'], name='link_key'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['checked_at', 'id'], name='link_checked'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.UniqueConstraint(fields=('person', 'resource'), name='use_once_per_person'),
        ),
        migrations.RunPython(make_rows_of_articles, migrations.RunPython.noop),
    ]
