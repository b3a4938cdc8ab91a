"""How far people have read: one row per person and topic, one watermark per person and space."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic


class TopicReading(models.Model):
    """How far a person has read a topic that they opened."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    # Every post up to this number counts as read.
    highest_number = models.PositiveIntegerField(default=0)
    # The person wants to come back to it: what a watermark covers is unread all the same.
    is_marked_unread = models.BooleanField(default=False)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="reading_once_per_topic")
        ]
        indexes = [
            models.Index(fields=["read_at"], name="reading_time"),
            models.Index(
                fields=["person"],
                condition=models.Q(is_marked_unread=True),
                name="reading_marked_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.topic_id} to {self.highest_number}"


class SpaceWatermark(models.Model):
    """In a space, what was written until then counts as read for the person.

    Without a row that is the time of joining.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    read_until = models.DateTimeField()

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="watermark_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id} until {self.read_until}"


class Visit(models.Model):
    """When a person was last here. A visit ends with a pause; before_at ended the one before."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    last_at = models.DateTimeField(default=timezone.now)
    before_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.person_id} here {self.last_at}"
