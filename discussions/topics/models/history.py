"""What became of posts and topics: their versions, closings and pins."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models.threads import Post, Topic


class Revision(models.Model):
    """A post's full text after one edit; title and tag names too on an opening post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=400, blank=True)
    tag_names = models.JSONField(default=list)
    source = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    byline = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    # One revision can be emptied without touching its neighbours.
    blanked_at = models.DateTimeField(null=True)
    blanked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_number_once_per_post")
        ]
        indexes = [models.Index(fields=["by", "at"], name="revision_of_person")]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.post_id}"


class Closure(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reopened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.topic_id} closed: {self.reason}"


class Pin(models.Model):
    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="pin")
    until = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.topic_id} pinned until {self.until}"


class Move(models.Model):
    """A topic came from another space, whose name may be private where it is now."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="moves")
    from_space = models.ForeignKey(Space, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.topic_id} moved {self.at}"
