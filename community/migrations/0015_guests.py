"""Who is from outside the company, and who is invited as such."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0014_profile_details")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_guest",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="is_guest",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="invitationlink",
            name="is_guest",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
