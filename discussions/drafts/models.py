"""What people are writing and have not sent yet."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id


class Draft(models.Model):
    """Reader class person: nobody else ever reads it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # Which form it was typed into, see places.py.
    place = models.CharField(max_length=20)
    # What stands in the form's fields, by their names.
    texts = models.JSONField(default=dict)
    # Each writing counts: two tabs must not overwrite one another's.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    # The last one that somebody threw away can be brought back for a while.
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place"],
                condition=models.Q(deleted_at=None),
                name="draft_once_per_place",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-saved_at", "-id"], name="draft_of_person"),
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="draft_deleted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.person_id}"
