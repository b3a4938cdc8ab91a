"""What people put aside to find again."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from discussions.topics.models import Post


class SavedPost(models.Model):
    """Reader class person. It outlives the sight of its post, and says nothing of it then."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    remind_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)
    # Dealt with: its reminder has done its work.
    done_at = models.DateTimeField(null=True)
    # Taken back; for a while, saving it again brings the note back too.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="saved_once")]
        indexes = [
            models.Index(fields=["person", "-saved_at", "-id"], name="saved_of_person"),
            models.Index(
                fields=["person", "remind_at", "id"],
                condition=models.Q(remind_at__isnull=False, done_at=None, removed_at=None),
                name="saved_reminders",
            ),
            models.Index(
                fields=["removed_at"],
                condition=models.Q(removed_at__isnull=False),
                name="saved_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} saved by {self.person_id}"

    @property
    def is_due(self) -> bool:
        is_past = self.remind_at is not None and self.remind_at <= timezone.now()
        return is_past and self.done_at is None
