"""What makes a repeated submission harmless."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A create that was carried out under a key; the same person's same key makes no second one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    # Of what a program sent under the key; "" for a form of the site.
    digest = models.CharField(max_length=32, blank=True, db_default="")
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="submission_key_once_per_person")
        ]
        indexes = [models.Index(fields=["at"], name="submission_age")]

    def __str__(self) -> str:
        return self.key
