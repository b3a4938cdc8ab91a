"""One vote of one person on one post."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from discussions.topics.models import Post


class Vote(models.Model):
    """+1: useful or helpful. -1: not useful, where the space allows it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="vote_once_per_person"),
            models.CheckConstraint(condition=models.Q(value__in=[-1, 1]), name="vote_up_or_down"),
        ]
        indexes = [models.Index(fields=["person", "at"], name="vote_of_person")]

    def __str__(self) -> str:
        return f"{self.value:+d} on {self.post_id}"
