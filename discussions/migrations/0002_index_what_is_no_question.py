from django.db import migrations, models

NO_QUESTION = models.Q(models.Q(("kind", "question"), _negated=True), ("deleted_at", None))


def index(name: str, order: str) -> migrations.AddIndex:
    fields = [order, "-id"]
    return migrations.AddIndex("topic", models.Index(fields=fields, name=name, condition=NO_QUESTION))


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_initial")]

    operations = [
        index("topic_talk_active", "-active_at"),
        index("topic_talk_new", "-created_at"),
        index("topic_talk_hot", "-hot"),
    ]
