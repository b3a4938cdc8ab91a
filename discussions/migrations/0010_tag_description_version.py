from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussions", "0009_saved_posts")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="description_version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
